"""The figures that texts name are those the diary reckons with."""

import pytest

from intake.domain.notes import LARGE_DOSE_UG
from intake.domain.references import HIGH_EDGE, SOURCES, all_ceilings, all_rows
from intake.domain.told import AXIS_MG, intakes, vocabulary
from intake.views.learn_tables import TABLES
from supplements.compounds import BUILTIN

FIGURES = vocabulary().figures


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("ceiling.us", "350 mg"),
        ("ceiling.efsa", "250 mg"),
        ("ceiling.uk", "400 mg"),
        ("ceiling.dach", "250 mg"),
        ("ceiling.anz", "not available until verified"),
        ("ceiling.lowest", "250 mg"),
        ("ceiling.highest", "400 mg"),
        ("high-edge", "500 mg"),
        ("adult-age", "18"),
        ("large-dose", "250 mg"),
        ("low.us.men-31-and-over", "420 mg"),
        ("ear.us.women-31-and-over", "265 mg"),
        ("low.jp.pregnant-18-29", "320 mg"),
        ("share.oxide", "60.3 %"),
        ("share.citrate-tri-anhyd", "16.2 %"),
        ("tablet.oxide", "302 mg"),
        ("tablet.citrate-tri-anhyd", "81 mg"),
        ("per-100.gluconate-2h2o", "1,854 mg"),
        ("epsom.magnesium", "24.7 g"),
        ("epsom.hundredth", "247 mg"),
        ("dv.us", "420 mg"),
        ("dv.eu", "375 mg"),
    ],
)
def test_a_figure_is_shown_as_its_table_has_it(name, shown):
    assert FIGURES[name] == shown


def test_every_row_ceiling_and_form_has_a_name_of_its_own():
    names = [name for name in FIGURES if name.startswith("low.")]
    formulas = [form for form in BUILTIN if form.formula]

    assert len(names) == len(all_rows())
    assert {f"ceiling.{body}" for body, _ceiling in all_ceilings()} <= FIGURES.keys()
    assert len([name for name in FIGURES if name.startswith("share.")]) == len(formulas)
    assert FIGURES["high-edge"] == f"{HIGH_EDGE.high_ug // 1000} mg"
    assert FIGURES["large-dose"] == f"{LARGE_DOSE_UG // 1000} mg"


def test_every_table_that_texts_may_name_is_drawn_and_no_other():
    assert TABLES.keys() == vocabulary().tables.keys()


def test_the_sources_of_the_program_can_be_cited():
    assert vocabulary().sources.keys() == SOURCES.keys()
    assert vocabulary().sources["bfr-2017"].short == "BfR 2017"


def test_the_picture_begins_with_what_bodies_say_and_ends_with_studies():
    spans = {span.name: (span.low_mg, span.high_mg) for span in intakes()}
    lows = [row.value.low_ug // 1000 for row in all_rows()]

    assert list(spans)[1:] == ["SCF 1993", "PMC3592895", "Hu 2020", "Lo 2019"]
    assert spans["Reference values of all bodies here"] == (min(lows), max(lows))
    assert spans["SCF 1993"] == (150, HIGH_EDGE.high_ug // 1000)
    assert (FIGURES["hu-2020.low"], FIGURES["hu-2020.high"]) == ("181", "446 mg")


@pytest.mark.parametrize("span", intakes(), ids=lambda span: span.name)
def test_a_span_lies_on_the_axis(span):
    assert 0 < span.start < span.start + span.share < 1
    assert span.start * AXIS_MG == pytest.approx(span.low_mg)
    assert (span.start + span.share) * AXIS_MG == pytest.approx(span.high_mg)
