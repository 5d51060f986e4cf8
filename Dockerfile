# One image for web, worker and beat.
FROM node:24-slim AS assets
RUN apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY scripts/fetch_assets.py scripts/
RUN python3 scripts/fetch_assets.py

FROM python:3.13-slim
RUN apt-get update && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
        fonts-droid-fallback fonts-symbola \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home binome \
    && install --directory --owner=binome /data \
    && install --directory --owner=binome --mode=700 /keys
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 UV_PYTHON_DOWNLOADS=never
WORKDIR /app
COPY requirements.txt requirements-uv.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.txt \
    && uv pip install --system --no-cache --require-hashes -r requirements.txt
COPY . .
COPY --from=assets /app/static/vendor static/vendor
# Collecting files reads the settings, which ask for a key; this one signs nothing.
RUN SECRET_KEY=only-for-collecting-the-static-files DATA_DIR=/tmp/collect \
    python manage.py collectstatic --no-input
USER binome
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000"]
