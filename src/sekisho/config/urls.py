"""Every address of the site, by the door it belongs to."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("sekisho.interfaces.api.build")),
    path("accounts/", include("allauth.urls")),
    path("", include("sekisho.interfaces.web.urls")),
]
handler500 = "sekisho.interfaces.web.problems.failed"
