"""Rows that stay while something refers to them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class KeptWhereUsed(admin.ModelAdmin[Any]):
    """Deletes only what nothing refers to, and says how many rows do instead of naming them."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Replace the list of what stands in the way, which may be people's own, by a count."""
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        if protected:
            rows = "1 row refers" if len(protected) == 1 else f"{len(protected)} rows refer"
            protected = [f"{rows} to this: what was logged stays traceable, so it cannot be deleted."]
        return to_delete, counts, perms_needed, protected
