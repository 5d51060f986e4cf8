# Everything needed is made by `make demo` and `make test`; `make help` tells the rest.
PYTHON ?= python3
BIN := .venv/bin
# Without a database of yours, the tests start a PostgreSQL of their own.
PYTEST := $(BIN)/pytest -n auto --dist worksteal
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header
export UV_PYTHON_DOWNLOADS := never
# A run starts some forty Pythons; without byte code each would compile everything again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup setup-test assets demo test test-sqlite lint format lock clean

help: ## say what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1	/' | expand -t 14

setup: ## make .venv with what the product runs with
	@$(PYTHON) scripts/setup.py demo

setup-test: ## make .venv with what tests and linters need too
	@$(PYTHON) scripts/setup.py test

assets: setup ## fetch the style sheets, fonts and icons named by package-lock.json
	@$(BIN)/python scripts/fetch_assets.py

demo: assets ## serve five lively programmes at http://127.0.0.1:8000
	@exec $(BIN)/python manage.py demo $(DEMO_OPTIONS)

test: setup-test ## run the tests, on PostgreSQL, then on SQLite
	@$(BIN)/python scripts/fetch_assets.py
	@$(PYTEST)
	@DATABASE_URL=sqlite:///unused $(PYTEST)

lint: setup-test ## look for what tests do not see
	@scripts/lint

format: setup-test ## lay the code out
	@$(BIN)/ruff check --fix --quiet . && $(BIN)/ruff format --quiet .
	@git ls-files --cached --others --exclude-standard '*templates/*.html' | xargs $(BIN)/djade --target-version 5.2 || true

lock: setup-test ## write the lock files again from the .in files
	@for name in requirements requirements-dev requirements-uv requirements-node; do \
		$(COMPILE) $(LOCK_OPTIONS) $$name.in -o $$name.txt || exit 1; done

clean: ## remove all that was made here
	rm -rf .venv node_modules static/vendor staticfiles var
