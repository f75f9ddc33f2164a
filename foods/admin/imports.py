"""Imports at the desk: bring in a file, see what it would change, publish it, undo it; their addresses."""

from collections.abc import Callable
from functools import partial

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from foods.admin import import_views as views
from foods.admin.import_list import imports
from foods.admin.import_upload import upload
from foods.admin.import_words import ACTS
from foods.models import FoodImport

ONE = "<uuid:import_id>/"


@admin.register(FoodImport)
class FoodImportAdmin(admin.ModelAdmin[FoodImport]):
    """Files on their way into the foods; readers see nothing of one before it is published.

    Who may view imports may look, who may add them may bring in a file, and who may change them may choose,
    publish, undo and discard.
    """

    def has_delete_permission(self, request: HttpRequest, obj: FoodImport | None = None) -> bool:
        """Nobody: an import is discarded, and stays in the list."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Return the pages of imports, in the place of those that Django has for plain rows."""

        def at(address: str, name: str, view: Callable[..., HttpResponseBase]) -> URLPattern:
            return path(address, self.admin_site.admin_view(view), name=f"foods_foodimport_{name}")

        return [
            at("", "changelist", partial(imports, self)),
            at("add/", "add", csrf_exempt(partial(upload, self))),
            at("template.csv", "template", partial(views.template_csv, self)),
            at(f"{ONE}change/", "change", partial(views.page, self)),
            at(f"{ONE}progress/", "progress", partial(views.progress, self)),
            at(f"{ONE}choose/", "choose", partial(views.choose, self)),
            at(f"{ONE}problems.csv", "problems", partial(views.problems_csv, self)),
            at(f"{ONE}rows/<int:row_id>/", "row", partial(views.row, self)),
            *(at(f"{ONE}{act}/", act, partial(views.act, self, name=act)) for act in ACTS),
        ]
