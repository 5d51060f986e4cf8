"""Every address of the site; each app brings its own."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config.health import health
from config.icon import favicon
from people.views import organisation_colours

urlpatterns: list[URLPattern | URLResolver] = [
    path("sante/", health, name="health"),
    path("favicon.ico", favicon, name="favicon"),
    path("association/<slug:slug>/couleurs.css", organisation_colours, name="organisation_colours"),
    path("langue/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("compte/", include("people.urls")),
    path("compte/", include("allauth.urls")),
    path("", include("portal.urls")),
    path("", include("programmes.urls")),
    path("", include("reporting.urls")),
    path("", include("matching.urls")),
    path("", include("charters.urls")),
    path("", include("sessions.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("demo.urls")))
