"""Conditions: each has its note, its source and figures as read, and claims nothing."""

import re

import pytest

from intake.domain.conditions import CONDITIONS, condition_notes, condition_of
from intake.domain.references import SOURCES

SLUGS = ["kidney", "conduction", "myasthenia", "bowel", "struvite", "diabetes", "pregnancy", "child"]
READ = {"kidney": {"30"}, "child": {"2017", "4", "18"}}  # figures each may name, read by hand
FORBIDDEN = re.compile(
    r"deficien|toxic|\brisk|\bsafe|overdose|\bharm|danger|should|must|\btreat|cure|prevent|diagnos|pain|!",
    re.I,
)


def test_the_conditions_are_those_that_sources_name():
    assert [condition.slug for condition in CONDITIONS] == SLUGS


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.slug)
def test_each_condition_has_a_note_with_a_source_of_the_list(condition):
    note = condition.note

    assert note.code == f"condition-{condition.slug}"
    assert all(source in SOURCES.values() for source in condition.sources)
    assert note.source is condition.sources[0]
    assert note.learn == "careful#conditions"
    assert note.text.endswith(".")
    assert ". " not in note.text
    assert "You ticked" in note.why
    for words in (note.title, note.text, note.why):
        assert not FORBIDDEN.search(words), words


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.slug)
def test_the_figures_of_a_note_are_those_read(condition):
    named = set(re.findall(r"\d+", f"{condition.text} {condition.why}"))

    assert named == READ.get(condition.slug, set())


@pytest.mark.parametrize(
    ("ticked", "codes"),
    [
        ((), []),
        (("kidney",), ["condition-kidney"]),
        (("pregnancy", "kidney", "unheard-of"), ["condition-kidney", "condition-pregnancy"]),
    ],
)
def test_what_is_ticked_is_told_and_nothing_else(ticked, codes):
    assert [note.code for note in condition_notes(ticked)] == codes
    assert condition_of("unheard-of") is None
