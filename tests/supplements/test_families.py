"""Families of forms: what a label's word may mean, what is chosen beforehand, and why."""

import dataclasses
import re

import pytest

from supplements.compounds import BUILTIN, families, magnesium_fraction

BY_NAME = {family.name: family for family in families()}
BY_SLUG = {form.slug: form for form in BUILTIN}


def changed(slug, **fields):
    """Return the built-in forms with one of them changed."""
    return [dataclasses.replace(form, **fields) if form.slug == slug else form for form in BUILTIN]


def test_every_form_stands_in_the_family_it_names():
    for form in BUILTIN:
        assert form.slug in BY_NAME[form.family].slugs
    assert sum(len(family.slugs) for family in families()) == len(BUILTIN) + 1  # chelate, in two families


@pytest.mark.parametrize(
    ("name", "preselected", "others"),
    [
        ("Citrate", "citrate-tri-anhyd", {"citrate-tri-9h2o", "citrate-tri-14h2o", "citrate-mono"}),
        ("Glycinate", "bisglycinate", {"bisglycinate-2h2o", "unspecified-chelate"}),
        ("Malate", "malate", {"malate-3h2o", "dimg-malate"}),
        ("Threonate", "threonate-h2o", {"threonate"}),
        ("Taurate", "taurate", {"acetyltaurate-2h2o"}),
        ("Gluconate", "gluconate", {"gluconate-2h2o"}),
        ("Lactate", "lactate-2h2o", {"lactate"}),
        ("Carbonate", "carbonate", {"carbonate-basic-light", "carbonate-basic-heavy"}),
        ("Sulfate", "sulfate-7h2o", {"sulfate"}),
        ("Chloride", None, {"chloride", "chloride-6h2o"}),
        ("Aspartate", None, {"aspartate", "aspartate-2h2o", "aspartate-4h2o"}),
        ("Orotate", None, {"orotate", "orotate-2h2o"}),
        ("Salicylate", None, {"salicylate", "salicylate-4h2o"}),
        ("Not specified", None, {"unspecified-chelate", "unspecified"}),
        ("Oxide", "oxide", set()),
        ("Hydroxide", "hydroxide", set()),
    ],
)
def test_a_family_puts_its_chosen_form_first(name, preselected, others):
    family = BY_NAME[name]

    assert family.preselected == preselected
    assert set(family.slugs) - {preselected} == others
    assert preselected is None or family.slugs[0] == preselected
    assert family.asks is (len(family.slugs) > 1)


@pytest.mark.parametrize("family", families(), ids=lambda family: family.name)
def test_a_choice_comes_with_its_reason_and_no_choice_without(family):
    assert bool(family.why) is family.asks or family.preselected is None
    assert family.why == "" or family.why.endswith(".")
    assert "{" not in family.why
    if family.asks and family.preselected is None:
        assert family.why.startswith(("Nothing is chosen for you", "No fixed formula"))


@pytest.mark.parametrize(
    "family", [family for family in families() if "%" in family.why], ids=lambda family: family.name
)
def test_a_share_named_in_a_reason_is_that_of_a_form_of_the_family(family):
    shares = {
        f"{magnesium_fraction(BY_SLUG[slug].formula) * 100:.1f}"
        for slug in family.slugs
        if BY_SLUG[slug].formula
    }
    printed = {"7.2"} if family.name == "Threonate" else set()  # 144 mg in 2,000 mg, a label's own

    assert set(re.findall(r"(\d+\.\d)\s%", family.why)) <= shares | printed


@pytest.mark.parametrize("word", ["glycinate", "chelate", "complex", "blend"])
def test_a_generic_name_has_no_formula_to_reckon_with(word):
    named = {"glycinate": "unspecified-chelate", "chelate": "unspecified-chelate"}.get(word, "unspecified")

    assert BY_SLUG[named].formula == ""
    assert "its own magnesium is needed" in BY_NAME["Glycinate"].why
    assert "own magnesium is needed" in BY_NAME["Not specified"].why


def test_the_commonest_families_stand_first_and_the_rest_by_name():
    names = [family.name for family in families()]

    assert names[:4] == ["Glycinate", "Citrate", "Oxide", "Malate"]
    assert names[13:] == sorted(names[13:])


def test_another_rank_chooses_another_form_with_a_plain_reason():
    family = {f.name: f for f in families(changed("citrate-mono", common_rank=0))}["Citrate"]

    assert family.slugs[0] == family.preselected == "citrate-mono"
    assert family.why == "The commonest of these; the label may name another."


def test_a_reason_follows_a_corrected_formula():
    family = {f.name: f for f in families(changed("citrate-tri-anhyd", formula="MgO"))}["Citrate"]

    assert "60.3\u00a0% magnesium" in family.why


def test_a_form_alone_in_its_family_is_chosen_only_if_it_has_a_formula():
    oxide = {form.slug: form for form in BUILTIN}["oxide"]

    assert families([oxide])[0].preselected == "oxide"
    assert families([dataclasses.replace(oxide, formula="")])[0].preselected is None
    assert families([]) == ()


def test_where_nobody_ranked_the_forms_nothing_is_chosen():
    unranked = [dataclasses.replace(form, common_rank=None) for form in BUILTIN if form.family == "Citrate"]

    (family,) = families(unranked)

    assert family.preselected is None
    assert family.why.startswith("Nothing is chosen for you")


def test_a_chelate_that_a_curator_moved_to_the_glycinates_stands_there_once():
    family = {f.name: f for f in families(changed("unspecified-chelate", family="Glycinate"))}["Glycinate"]

    assert family.slugs.count("unspecified-chelate") == 1
