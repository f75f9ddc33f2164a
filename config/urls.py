"""Every address in one screen."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("intake.urls")),
    path("accounts/", include("intake.account_urls")),
    path("api/v1/", include("config.api")),
    path("admin/", admin.site.urls),
]

handler429 = "intake.views.entrance.too_many_requests"
