"""The curators' desk: the texts, with preview and history, and the sources they cite."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from simple_history.admin import SimpleHistoryAdmin

from learn.markdown import cited_keys, render
from learn.models import MAX_MARKDOWN, Page, Section, Source
from learn.reports import sources_for
from learn.services import check_markdown, citing
from learn.texts import builtin_pages, builtin_sources
from learn.vocabulary import vocabulary

MAX_DIGITS = 10  # of the id of a state


class Kept(SimpleHistoryAdmin):  # type: ignore[misc]
    """Rows with a history; what links name stays as it is once it is there, and what came built in stays."""

    fixed: tuple[str, ...] = ()
    actions = None  # nothing is deleted in bulk: texts and notes link here

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Fix what links name once the row exists."""
        own: tuple[str, ...] = tuple(self.readonly_fields)
        return own if obj is None else (*self.fixed, *own)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """List the states of a row. Raises Http404 for what is no key of one."""
        self._check_key(object_id)
        response: HttpResponse = super().history_view(request, object_id, extra_context)
        return response

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show an earlier state, or go back to it; going back is a change and asks for that right.

        Raises Http404 for what is no key of a row or no id of a state.
        """
        self._check_key(object_id)
        if not (version_id.isascii() and version_id.isdecimal() and len(version_id) < MAX_DIGITS):
            raise Http404("No such state.")
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        response: HttpResponse = super().history_form_view(request, object_id, version_id, extra_context)
        return response

    def _check_key(self, object_id: str) -> None:
        key = unquote(object_id)
        try:
            self.model._meta.pk.to_python(key)
        except ValidationError as error:
            raise Http404("No such row.") from error
        if "\0" in key:
            raise Http404("No such row.")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete as the curator signed in."""
        obj._history_user = request.user
        super().delete_model(request, obj)


@admin.register(Source)
class SourceAdmin(Kept):
    """What texts cite by its key."""

    list_display = ("key", "short", "title", "status")
    list_filter = ("status",)
    search_fields = ("key", "short", "title", "where")
    ordering = ("key",)
    fixed = ("key",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep what came built in and what a text cites."""
        if obj is not None and (obj.key in {row.key for row in builtin_sources()} or citing(obj.key)):
            return False
        return bool(super().has_delete_permission(request, obj))


@admin.register(Page)
class PageAdmin(Kept):
    """Pages in the order they are listed, with the way to their sections."""

    list_display = ("title", "slug", "position")
    ordering = ("position", "title")
    fields = ("slug", "title", "summary", "position", "sections_here")
    readonly_fields = ("sections_here",)
    fixed = ("slug",)

    @admin.display(description="sections")
    def sections_here(self, page: Page) -> SafeString | str:
        """Return a link to each section of the page."""
        if page.pk == "":
            return "Save the page first."
        sections = Section.objects.filter(page=page).order_by("position", "pk")
        rows = [(reverse("admin:learn_section_change", args=[row.pk]), row.title) for row in sections]
        add = f"{reverse('admin:learn_section_add')}?page={page.pk}"
        return format_html(
            '<ul>{}<li><a href="{}">Add a section</a></li></ul>',
            format_html_join("", '<li><a href="{}">{}</a></li>', rows),
            add,
        )

    def view_on_site(self, obj: Page) -> str:
        """Return the page's address."""
        return f"/learn/{obj.pk}/"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep what came built in."""
        if obj is not None and obj.slug in {page.slug for page in builtin_pages()}:
            return False
        return bool(super().has_delete_permission(request, obj))


class SectionForm(forms.ModelForm[Section]):
    """A section; a figure, a source or a link that cannot be is refused with a sentence."""

    class Meta:
        model = Section
        fields = ("page", "anchor", "title", "markdown", "position", "last_reviewed")
        widgets = {"markdown": forms.Textarea(attrs={"rows": 24, "cols": 110, "maxlength": MAX_MARKDOWN})}

    def clean_markdown(self) -> str:
        """Return the text. Raises ValidationError."""
        text: str = self.cleaned_data["markdown"].replace("\r\n", "\n").strip()
        check_markdown(text)
        return text


@admin.register(Section)
class SectionAdmin(Kept):
    """Texts in Markdown, shown before they are saved."""

    form = SectionForm
    change_form_template = "admin/learn/section/change_form.html"
    list_display = ("title", "page", "anchor", "position", "last_reviewed")
    list_filter = ("page", "last_reviewed")
    search_fields = ("title", "anchor", "markdown")
    ordering = ("page__position", "position")
    list_select_related = ("page",)
    fixed = ("page", "anchor")

    def get_urls(self) -> list[URLPattern]:
        """Add the preview."""
        preview = path(
            "preview/", self.admin_site.admin_view(require_POST(self.preview)), name="learn_section_preview"
        )
        return [preview, *super().get_urls()]

    def preview(self, request: HttpRequest) -> HttpResponse:
        """Show a text as readers would see it, and what in it cannot be; nothing is saved."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        text = request.POST.get("markdown", "")[:MAX_MARKDOWN]
        title = request.POST.get("title", "")[:120] or "Without a title"
        known = vocabulary()
        sources = sources_for(cited_keys(text))
        numbers: dict[str, int] = {}
        rendered = render(
            text,
            vocabulary=known,
            sources={key: source.short for key, source in sources.items()},
            numbers=numbers,
            title=title,
        )
        context = {
            "title": title,
            "parts": rendered.parts,
            "problems": rendered.problems,
            "tables": known.tables,
            "cited": [sources[key] for key in numbers],
        }
        return TemplateResponse(request, "admin/learn/section/preview.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Add the figures, tables and sources that a text may name."""
        known = vocabulary()
        own = {key: source.short for key, source in known.sources.items()}
        context["may_name"] = {
            "figures": known.figures.items(),
            "tables": known.tables.items(),
            "sources": sorted((dict(Source.objects.values_list("key", "short")) | own).items()),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def view_on_site(self, obj: Section) -> str:
        """Return the section's address."""
        return f"/learn/{obj.page_id}/#{obj.anchor}"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep what came built in: notes and texts link to it."""
        builtin = {(page.slug, section.anchor) for page in builtin_pages() for section in page.sections}
        if obj is not None and (obj.page_id, obj.anchor) in builtin:
            return False
        return bool(super().has_delete_permission(request, obj))
