"""Answers: what there is to read, and a page as it is shown.

What has not been loaded into the tables yet is read from the files, so that no link of a note is ever dead.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from learn.markdown import Cited, Part, Table, cited_keys, render
from learn.models import Page, Section, Source
from learn.texts import BuiltinPage, BuiltinSection, builtin_pages, builtin_sources
from learn.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class SectionReading:
    """A section as it is shown; `reviewed` is set where the page's sections differ in it."""

    anchor: str
    title: str
    parts: tuple[Part, ...]
    reviewed: dt.date | None


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page as it is shown: its sections, the sources in the order of their numbers, its oldest review."""

    slug: str
    title: str
    summary: str
    sections: tuple[SectionReading, ...]
    cited: tuple[Cited, ...]
    reviewed: dt.date | None

    @property
    def tables(self) -> set[str]:
        """The tables that have a place on the page."""
        return {part.name for section in self.sections for part in section.parts if isinstance(part, Table)}


def page_list() -> Sequence[Page | BuiltinPage]:
    """Return the pages in the order they are listed. One query."""
    return list(Page.objects.order_by("position", "title")) or builtin_pages()


def sources_for(keys: Iterable[str]) -> Mapping[str, Cited]:
    """Return those of these sources that are there; what the program itself uses wins. At most one query."""
    own = vocabulary().sources
    wanted = set(keys)
    others = wanted - own.keys()
    rows = Source.objects.in_bulk(others) if others else {}
    return (
        {key: cited for key, cited in _brought().items() if key in others}
        | {key: source.cited() for key, source in rows.items()}
        | {key: own[key] for key in wanted & own.keys()}
    )


def all_sources() -> list[Cited]:
    """Return every source of the program and of the texts, by its short name. One query."""
    rows = {source.key: source.cited() for source in Source.objects.all()}
    named = _brought() | rows | dict(vocabulary().sources)
    return sorted(named.values(), key=lambda cited: (cited.short.lower(), cited.title, cited.where))


def page_reading(slug: str) -> PageReading | None:
    """Return a page, or None where there is none. At most three queries."""
    found = _found(slug)
    if found is None:
        return None
    page, sections = found
    sources = sources_for(key for section in sections for key in cited_keys(section.markdown))
    names = {key: source.short for key, source in sources.items()}
    numbers: dict[str, int] = {}
    known = vocabulary()
    days = {section.last_reviewed for section in sections}
    read = tuple(
        SectionReading(
            anchor=section.anchor,
            title=section.title,
            parts=render(
                section.markdown, vocabulary=known, sources=names, numbers=numbers, title=section.title
            ).parts,
            reviewed=section.last_reviewed if len(days) > 1 else None,
        )
        for section in sections
    )
    cited = tuple(sources[key] for key in numbers)
    return PageReading(page.slug, page.title, page.summary, read, cited, min(days, default=None))


def _found(
    slug: str,
) -> tuple[Page, Sequence[Section]] | tuple[BuiltinPage, Sequence[BuiltinSection]] | None:
    """Return a page and its sections, from the tables or else from the files."""
    page = Page.objects.filter(pk=slug).first()
    if page is not None:
        return page, list(Section.objects.filter(page=page).order_by("position", "pk"))
    brought = next((page for page in builtin_pages() if page.slug == slug), None)
    return None if brought is None else (brought, brought.sections)


def _brought() -> dict[str, Cited]:
    """Return the built-in sources as the files have them."""
    return {
        source.key: Cited(
            short=source.short,
            title=source.title,
            where=source.where,
            url=source.url,
            read=str(Source.Status(source.status).label),
        )
        for source in builtin_sources()
    }
