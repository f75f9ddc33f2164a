"""The Learn pages: what there is to read, and a page with the tables that its texts name."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intake.views.learn_forms import forms_context
from intake.views.learn_tables import TABLES
from intake.views.requests import PersonRequest
from learn.reports import page_list, page_reading

FORMS = "forms"  # has a template of its own; its texts stand below


@require_safe
def learn(request: PersonRequest) -> HttpResponse:
    """Show what there is to read."""
    return render(request, "intake/learn/index.html", {"section": "learn", "pages": page_list()})


@require_safe
def learn_page(request: PersonRequest, slug: str) -> HttpResponse:
    """Show one page; 404 for a slug there is no page for."""
    page = page_reading(slug)
    if page is None:
        raise Http404
    context: dict[str, Any] = {"section": "learn", "page": page}
    for name in sorted(page.tables):
        context |= TABLES[name](request.user)
    if page.slug == FORMS:
        return render(request, "intake/learn/forms.html", context | forms_context())
    return render(request, "intake/learn/page.html", context)
