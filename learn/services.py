"""Writes: the built-in texts into the tables, and a check of what a curator writes."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from learn.markdown import cited_keys, render
from learn.models import Page, Section, Source
from learn.reports import sources_for
from learn.texts import BuiltinPage, BuiltinSection, BuiltinSource, builtin_pages, builtin_sources
from learn.vocabulary import vocabulary

BROUGHT = "came with the program"

_Row = TypeVar("_Row", bound=models.Model)
_Key = str | tuple[str, str]


def load_builtin_texts() -> int:
    """Add what is missing of the built-in pages and sources, and renew what no curator has touched.

    Returns how many rows were written. What a curator has once changed or taken back stays theirs.
    """
    try:
        with transaction.atomic():
            return _bring_all()
    except IntegrityError:  # another process is loading them at this moment
        return 0


def citing(key: str) -> list[Section]:
    """Return the sections that cite a source."""
    named = Section.objects.filter(markdown__contains=f"@{key}").order_by("page__position", "position")
    return [section for section in named if key in cited_keys(section.markdown)]


def check_markdown(text: str) -> None:
    """Raise ValidationError with a sentence for each figure, source or link that a text cannot have."""
    names = {key: source.short for key, source in sources_for(cited_keys(text)).items()}
    problems = render(text, vocabulary=vocabulary(), sources=names).problems
    if problems:
        raise ValidationError(list(problems))


def _bring_all() -> int:
    pages = builtin_pages()
    sections = [
        _section(page, section, place) for page in pages for place, section in enumerate(page.sections)
    ]
    return (
        _bring(Source, [_source(source) for source in builtin_sources()], lambda row: row.pk)
        + _bring(Page, [_page(page, place) for place, page in enumerate(pages)], lambda row: row.pk)
        + _bring(Section, sections, lambda row: (row.page_id, row.anchor))
    )


def _bring(model: type[_Row], brought: Iterable[_Row], key_of: Callable[[Any], _Key]) -> int:
    there = {key_of(row): row for row in model._default_manager.all()}
    history: Any = model.history  # type: ignore[attr-defined]
    theirs = set(history.exclude(history_user_id="").values_list(model._meta.pk.attname, flat=True))
    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    new, changed = [], []
    for row in brought:
        old = there.get(key_of(row))
        if old is None:
            new.append(row)
        elif old.pk not in theirs and any(getattr(old, name) != getattr(row, name) for name in fields):
            row.pk = old.pk
            changed.append(row)
    bulk_create_with_history(new, model, default_change_reason=BROUGHT)
    if changed:
        bulk_update_with_history(changed, model, fields, default_change_reason=BROUGHT)
    return len(new) + len(changed)


def _source(source: BuiltinSource) -> Source:
    return Source(
        key=source.key,
        short=source.short,
        title=source.title,
        where=source.where,
        url=source.url,
        status=source.status,
    )


def _page(page: BuiltinPage, place: int) -> Page:
    return Page(slug=page.slug, title=page.title, summary=page.summary, position=(place + 1) * 10)


def _section(page: BuiltinPage, section: BuiltinSection, place: int) -> Section:
    return Section(
        page_id=page.slug,
        anchor=section.anchor,
        title=section.title,
        markdown=section.markdown,
        position=(place + 1) * 10,
        last_reviewed=section.last_reviewed,
    )
