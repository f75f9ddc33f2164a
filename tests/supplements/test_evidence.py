"""Findings and permits: what comes built in, loaded once, shown only if it was read, kept in bounds."""

import re
from urllib.parse import urlparse

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from supplements.compounds import BUILTIN, magnesium_fraction
from supplements.evidence import FINDINGS
from supplements.models import Compound, Finding, Permit
from supplements.permits import PERMITS
from supplements.services import load_builtin_compounds, load_builtin_evidence

SLUGS = {form.slug for form in BUILTIN}
ALL = (*FINDINGS, *PERMITS)
CLAIMS = r"\bbest\b|recommend|should|deficien|toxic|\bsafe\b|treat|\bcures?\b|\bheals?\b|rank|superior"


@pytest.fixture
def loaded(db):
    load_builtin_compounds()
    load_builtin_evidence()


def make_finding(**fields) -> Finding:
    given = {"aspect": "absorption", "study": "A 2020", "result": "It came out.", "citation": "A, 2020"}
    return Finding.objects.create(**{**given, "status": "V1", **fields})


def make_permit(**fields) -> Permit:
    given = {"place": "EU", "use": "food", "permitted": True, "remark": "May be.", "citation": "A law"}
    return Permit.objects.create(**{**given, "status": "V1", **fields})


def test_codes_are_unique_and_every_form_named_is_built_in():
    assert len({row.code for row in ALL}) == len(ALL)
    assert {slug for row in ALL for slug in row.slugs} <= SLUGS
    assert all(len(set(row.slugs)) == len(row.slugs) for row in ALL)


@pytest.mark.parametrize("row", FINDINGS, ids=lambda row: row.code)
def test_a_finding_says_study_result_and_where_it_stands_and_claims_nothing(row):
    assert row.result.endswith(".")
    assert row.reading.study
    assert row.reading.citation
    assert row.n is None or row.n > 0
    assert re.search(CLAIMS, f"{row.result} {row.design}", re.IGNORECASE) is None


@pytest.mark.parametrize("row", PERMITS, ids=lambda row: row.code)
def test_a_permit_names_its_law(row):
    assert row.slugs
    assert row.remark.endswith(".")
    assert re.search(r"\d{4}", row.citation)


@pytest.mark.parametrize(
    "address", sorted({row.reading.url for row in FINDINGS} | {row.url for row in PERMITS}), ids=lambda a: a
)
def test_an_address_is_whole_or_none(address):
    parts = urlparse(address)

    assert address == "" or (parts.scheme in ("http", "https") and "." in parts.netloc)


@pytest.mark.parametrize(
    ("code", "n", "figures"),
    [
        ("firoz-2001-oxide", None, ["4 %"]),
        ("walker-2003", 46, []),
        ("citrate-oxide-crossover", 20, ["0.565", "0.212", "0.918"]),
        ("schuette-1994", 12, ["23.5 %", "22.8 %", "11.8 %"]),
        ("fine-1991-dose", None, ["65 %", "11 %", "80 mEq"]),
        ("mineral-water", 22, []),
        ("scf-2001-diarrhoea", None, ["360", "365"]),
    ],
)
def test_the_figures_are_those_of_the_study(code, n, figures):
    row = {row.code: row for row in FINDINGS}[code]

    assert row.n == n
    assert all(figure in row.result for figure in figures)


def test_80_meq_are_972_mg():
    assert "80 mEq (972 mg)" in {row.code: row for row in FINDINGS}["fine-1991-dose"].result
    assert round(80 * 24.305 / 2) == 972


def test_the_purity_rule_of_threonate_spans_both_of_its_forms():
    low, high = re.search(
        r"([\d.]+) to ([\d.]+) %", {row.code: row for row in PERMITS}["gb-threonate-2026"].remark
    ).groups()
    formulas = [form.formula for form in BUILTIN if form.family == "Threonate"]

    for formula in formulas:
        assert float(low) <= round(magnesium_fraction(formula) * 100, 1) <= float(high)


def test_forms_that_nobody_compared_say_so():
    searched = {row.code: row for row in FINDINGS}["searched-2026"]

    assert {"malate", "taurate", "orotate", "threonate"} <= set(searched.slugs)
    assert searched.reading.status == "C"


@pytest.mark.django_db
def test_the_evidence_is_loaded_once_with_its_forms():
    load_builtin_compounds()

    assert load_builtin_evidence() == len(FINDINGS) + len(PERMITS)
    assert load_builtin_evidence() == 0
    for row in FINDINGS:
        kept = Finding.objects.get(code=row.code)
        assert set(kept.compounds.values_list("slug", flat=True)) == set(row.slugs)
        assert (kept.study, kept.citation, kept.n) == (row.reading.study, row.reading.citation, row.n)
    assert Permit.objects.get(code="eu-supplement-2009").compounds.count() == 2


def test_what_comes_built_in_has_one_state_with_its_forms(loaded):
    for row in FINDINGS:
        (record,) = Finding.objects.get(code=row.code).history.all()
        assert (record.history_type, record.history_user) == ("+", "")
        assert record.compounds.count() == len(row.slugs)


def test_once_loaded_it_asks_two_questions(loaded, django_assert_num_queries):
    with django_assert_num_queries(4):  # savepoint, one a table, release
        load_builtin_evidence()


def test_every_built_in_fact_passes_its_own_validation_and_is_shown(loaded):
    for model in (Finding, Permit):
        rows = list(model.objects.all())
        for row in rows:
            row.full_clean()
        assert set(model.objects.shown()) == set(rows)
        assert all(row.shown for row in rows)


def test_loading_leaves_alone_what_a_curator_corrected_or_withdrew(loaded):
    Finding.objects.filter(code="walker-2003").update(n=45)
    Finding.objects.filter(code="fine-1991-dose").update(withdrawn=True)
    Finding.objects.filter(code="pardo-2021").delete()

    assert load_builtin_evidence() == 1  # the one that is not there

    assert Finding.objects.get(code="walker-2003").n == 45
    assert Finding.objects.get(code="fine-1991-dose").withdrawn


@pytest.mark.django_db
def test_a_form_that_is_not_there_is_left_out():
    load_builtin_evidence()

    assert Finding.objects.count() == len(FINDINGS)
    assert Finding.compounds.through.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_finding, make_permit])
@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"status": "V1"}, True),
        ({"status": "V2"}, True),
        ({"status": "C"}, True),
        ({"status": "M"}, False),
        ({"status": "V1", "withdrawn": True}, False),
        ({"status": "M", "withdrawn": True}, False),
    ],
)
def test_what_is_from_memory_or_withdrawn_is_not_shown(make, fields, shown):
    row = make(**fields)

    assert row.shown is shown
    assert type(row).objects.shown().filter(pk=row.pk).exists() is shown


@pytest.mark.django_db
def test_a_fact_nobody_gave_a_status_counts_as_from_memory():
    assert Finding().status == Permit().status == "M"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "fields", "holds"),
    [
        (make_finding, {"n": 0}, False),
        (make_finding, {"n": 1}, True),
        (make_finding, {"n": 100_000_000}, True),
        (make_finding, {"n": 100_000_001}, False),
        (make_finding, {"n": None}, True),
        (make_finding, {"aspect": "rank"}, False),
        (make_finding, {"status": "V3"}, False),
        (make_finding, {"study": "x" * 80}, True),
        (make_finding, {"study": "x" * 81}, False),
        (make_finding, {"design": "x" * 121}, False),
        (make_finding, {"result": "x" * 400}, True),
        (make_finding, {"result": "x" * 401}, False),
        (make_finding, {"citation": "x" * 201}, False),
        (make_finding, {"url": "x" * 201}, False),
        (make_finding, {"code": "x" * 61}, False),
        (make_permit, {"place": "x" * 41}, False),
        (make_permit, {"remark": "x" * 200}, True),
        (make_permit, {"remark": "x" * 201}, False),
        (make_permit, {"use": "medicine"}, False),
        (make_permit, {"status": ""}, False),
    ],
)
def test_the_database_keeps_a_fact_in_its_bounds(make, fields, holds):
    if holds:
        assert make(**fields).pk
        return
    with (
        pytest.raises(Exception, match="fits|too long|range|known|violates|constraint"),
        transaction.atomic(),
    ):
        make(**fields)


@pytest.mark.django_db
def test_a_code_is_taken_once_and_a_curators_fact_needs_none():
    make_finding(code="a")
    make_finding(code=None)
    make_finding(code=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_finding(code="a")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "not an address"])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValidationError) as caught:
        make_finding(url=address).full_clean()

    assert set(caught.value.message_dict) == {"url"}


@pytest.mark.django_db
def test_a_form_knows_its_molar_mass_and_what_holds_100_mg():
    load_builtin_compounds()
    oxide, chelate = Compound.objects.get(slug="oxide"), Compound.objects.get(slug="unspecified-chelate")

    assert f"{oxide.molar_mass_g_per_mol:.3f}" == "40.305"
    assert round(oxide.compound_mg_per_100mg_magnesium) == 166
    assert chelate.molar_mass_g_per_mol is chelate.compound_mg_per_100mg_magnesium is None
