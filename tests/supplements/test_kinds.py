"""What a product probably is: proposed with a reason, by its forms and its serving."""

import pytest

from supplements.compounds import BUILTIN
from supplements.kinds import proposed_kind

ON_THE_SKIN = frozenset({"sulfate-7h2o"})


@pytest.mark.parametrize(
    ("slugs", "serving", "kind"),
    [
        (["oxide"], "1 tablet", "supplement"),
        (["hydroxide"], "15 ml", "medicine"),
        (["hydroxide", "trisilicate"], "1 tablet", "medicine"),
        (["hydroxide", "oxide"], "1 tablet", "supplement"),
        (["sulfate"], "1 tsp", "medicine"),
        (["sulfate-7h2o"], "250 g", "topical"),
        (["sulfate-7h2o", "sulfate"], "250 g", "supplement"),
        (["salicylate"], "1 tablet", "medicine"),
        (["salicylate-4h2o", "oxide"], "1 tablet", "medicine"),
        (["citrate-tri-anhyd"], "300 ml", "medicine"),
        (["citrate-tri-anhyd"], "1 bottle", "medicine"),
        (["citrate-tri-anhyd"], "10 fl oz", "medicine"),
        (["citrate-mono", "citrate-tri-anhyd"], "0.5 L", "medicine"),
        (["citrate-tri-anhyd"], "1 capsule", "supplement"),
        (["citrate-tri-anhyd"], "2 lozenges", "supplement"),
        (["citrate-tri-anhyd", "oxide"], "15 ml", "supplement"),
        (["bisglycinate"], "15 ml", "supplement"),
        ([], "", "supplement"),
    ],
)
def test_the_kind_follows_from_forms_and_serving(slugs, serving, kind):
    proposal = proposed_kind(slugs, ON_THE_SKIN, serving)

    assert proposal.kind == kind
    assert bool(proposal.why) is (kind != "supplement")


def test_every_form_the_rule_names_is_built_in():
    slugs = {form.slug for form in BUILTIN}

    medicines = {slug for slug in slugs if proposed_kind([slug], ON_THE_SKIN).kind == "medicine"}

    assert medicines == {"hydroxide", "trisilicate", "sulfate", "salicylate", "salicylate-4h2o"}
