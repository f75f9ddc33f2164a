"""The REST interface, one line a resource; `config.urls` puts it under `api/v1/`."""

from django.urls import path, re_path

from intake.api.docs import DocsView, SchemaView
from intake.api.entries import EntriesView, EntryView
from intake.api.foods import FoodsView, FoodView
from intake.api.labels import LabelsView
from intake.api.profile import ProfileView
from intake.api.reports import DayView, WeekView
from intake.api.requests import Nowhere
from intake.api.supplements import CompoundsView, SupplementsView

app_name = "api"
urlpatterns = [
    path("foods/", FoodsView.as_view(), name="foods"),
    path("foods/<str:food_id>/", FoodView.as_view(), name="food"),
    path("compounds/", CompoundsView.as_view(), name="compounds"),
    path("supplements/", SupplementsView.as_view(), name="supplements"),
    path("labels/", LabelsView.as_view(), name="labels"),
    path("entries/", EntriesView.as_view(), name="entries"),
    path("entries/<str:entry_id>/", EntryView.as_view(), name="entry"),
    path("days/<str:day>/", DayView.as_view(), name="day"),
    path("weeks/<str:week>/", WeekView.as_view(), name="week"),
    path("profile/", ProfileView.as_view(), name="profile"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    re_path(r"^.*/$|^$", Nowhere.as_view(), name="nowhere"),
]
