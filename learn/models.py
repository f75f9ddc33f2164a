"""Pages, their sections and the sources they cite."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from simple_history.models import HistoricalRecords

from learn.markdown import Cited

MAX_MARKDOWN = 20_000
AUTHOR_LENGTH = 150

anchor_like = RegexValidator(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", "Small letters, digits and hyphens.")
to_the_web = RegexValidator(r"\Ahttps?://[^\s<>\"\\]+\Z", "An address starts with https:// or http://.")


def fits(field: str, limit: int, name: str) -> models.CheckConstraint:
    """Return the constraint that a text is at most `limit` characters; SQLite minds no other."""
    return models.CheckConstraint(
        name=name,
        condition=LessThanOrEqual(Length(field), limit),
        violation_error_message=f"At most {limit} characters.",
    )


def _author_of(record: Any) -> str:
    """Return who made a change; "" for what came with the program."""
    return str(record.history_user_id)


def _keep_author(record: Any, user: Any) -> None:
    """Keep a name, not a person: this app knows none."""
    record.history_user_id = "" if user is None else user.get_username()[:AUTHOR_LENGTH]


def _history() -> HistoricalRecords:
    return HistoricalRecords(
        history_user_id_field=models.CharField(max_length=AUTHOR_LENGTH, default="", blank=True),
        history_user_getter=_author_of,
        history_user_setter=_keep_author,
    )


class Source(models.Model):
    """Something a text cites by its key."""

    class Status(models.TextChoices):
        """How it was read."""

        SOURCE = "source", "read in the source"
        COPY = "copy", "read in a copy"
        COMPUTED = "computed", "computed"
        NONE = "none", "a search, nothing found"

    key = models.CharField(primary_key=True, max_length=40, validators=[anchor_like])
    short = models.CharField(max_length=80, help_text="A name for a link: Fine 1991.")
    title = models.CharField(max_length=300)
    where = models.CharField(max_length=300, blank=True, help_text="Journal, volume, page; table; edition.")
    url = models.CharField("address", max_length=300, blank=True, validators=[to_the_web])
    status = models.CharField("how it was read", max_length=8, choices=Status, default=Status.SOURCE)

    history = _history()

    class Meta:
        constraints = [
            fits("key", 40, "learn_source_key_fits"),
            fits("short", 80, "learn_source_short_fits"),
            fits("title", 300, "learn_source_title_fits"),
            fits("where", 300, "learn_source_where_fits"),
            fits("url", 300, "learn_source_url_fits"),
            models.CheckConstraint(
                name="learn_source_status_known",
                condition=models.Q(status__in=["source", "copy", "computed", "none"]),
                violation_error_message="It was read in the source, in a copy, computed, or not found.",
            ),
        ]

    def __str__(self) -> str:
        return self.short

    def cited(self) -> Cited:
        """Return the source as the list of a page shows it."""
        return Cited(
            short=self.short,
            title=self.title,
            where=self.where,
            url=self.url,
            read=str(self.Status(self.status).label),
        )


class Page(models.Model):
    """A page to read; its slug is its address."""

    slug = models.CharField(primary_key=True, max_length=40, validators=[anchor_like])
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=100, help_text="Low numbers are listed first.")

    history = _history()

    class Meta:
        constraints = [
            fits("slug", 40, "learn_page_slug_fits"),
            fits("title", 120, "learn_page_title_fits"),
            fits("summary", 300, "learn_page_summary_fits"),
        ]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A part of a page that links can name, in Markdown."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="sections")
    anchor = models.CharField(max_length=40, validators=[anchor_like])
    title = models.CharField(max_length=120)
    markdown = models.TextField("text", max_length=MAX_MARKDOWN, blank=True)
    position = models.PositiveSmallIntegerField(default=100, help_text="Low numbers come first.")
    last_reviewed = models.DateField(help_text="When it was last held against its sources.")

    history = _history()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "anchor"],
                name="learn_section_anchor_once",
                violation_error_message="This page has a section with this anchor.",
            ),
            fits("anchor", 40, "learn_section_anchor_fits"),
            fits("title", 120, "learn_section_title_fits"),
            fits("markdown", MAX_MARKDOWN, "learn_section_markdown_fits"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}#{self.anchor}"
