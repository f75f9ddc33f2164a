"""PURE: what studies found, as the Learn pages tell it: design, size, result, limits, source.

Only what was read in the source or a copy of it is here. A finding is described; nothing is recommended.
"""

from dataclasses import dataclass

PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
PMC = "https://www.ncbi.nlm.nih.gov/pmc/articles/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A study: a short name for a link, where it stands, what it was and what came out."""

    name: str
    where: str
    design: str
    found: str
    limits: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFinding:
    """What is known of a form's absorption: a word, a sentence, its source; `slug` is the compound's."""

    slug: str
    absorption: str
    found: str
    source: str
    url: str = ""


FIROZ = ("Firoz & Graber 2001", f"{PUBMED}11794633/")
SEARCHED = "searched 2026"
NOT_SETTLED = "Not settled"

FORM_FINDINGS: tuple[FormFinding, ...] = (
    FormFinding(
        slug="oxide",
        absorption="Low",
        found="About 4 % was taken up in one study, less than from chloride, lactate or aspartate.",
        source=FIROZ[0],
        url=FIROZ[1],
    ),
    FormFinding(
        slug="hydroxide",
        absorption=NOT_SETTLED,
        found=(
            "None of the studies read compared it. An antacid and laxative: logged as a medicine, it counts."
        ),
        source=SEARCHED,
    ),
    FormFinding(
        slug="citrate-tri-anhyd",
        absorption="Good",
        found="More than oxide in two trials, of 46 and of 20 people. The word covers three salts.",
        source="Walker 2003",
    ),
    FormFinding(
        slug="malate",
        absorption=NOT_SETTLED,
        found="No comparison in people was found.",
        source=SEARCHED,
    ),
    FormFinding(
        slug="bisglycinate",
        absorption="Mixed",
        found=(
            "23.5 % against 22.8 % for oxide overall, in 12 people after bowel surgery; more in the four "
            "who absorbed least, and better tolerated."
        ),
        source="Schuette 1994",
        url=f"{PUBMED}7815675/",
    ),
    FormFinding(
        slug="chloride-6h2o",
        absorption="Good",
        found="The same as lactate and aspartate, above oxide. A coated tablet gave much less (Fine 1991).",
        source=FIROZ[0],
        url=FIROZ[1],
    ),
    FormFinding(
        slug="lactate-2h2o",
        absorption="Good",
        found="The same as chloride and aspartate, above oxide.",
        source=FIROZ[0],
        url=FIROZ[1],
    ),
    FormFinding(
        slug="sulfate-7h2o",
        absorption=NOT_SETTLED,
        found="None of the studies read compared it as a supplement. In a bath it counts 0.",
        source=SEARCHED,
    ),
    FormFinding(
        slug="taurate",
        absorption=NOT_SETTLED,
        found=(
            "EFSA (2009) expected it to behave like other soluble salts; no comparison in people was found."
        ),
        source="EFSA 2009",
        url="https://cris.unibo.it/handle/11585/101817",
    ),
    FormFinding(
        slug="threonate-h2o",
        absorption=NOT_SETTLED,
        found="No comparison of its absorption in people was found.",
        source=SEARCHED,
    ),
    FormFinding(
        slug="gluconate",
        absorption=NOT_SETTLED,
        found="None of the studies read compared it by name.",
        source=SEARCHED,
    ),
)

LOW_EDGE: tuple[Study, ...] = (
    Study(
        name="Fang 2016",
        where="BMC Medicine 14:210",
        design="40 cohorts put together, more than a million people",
        found=(
            "For each 100 mg a day more from food: stroke 7 % less often (relative risk 0.93, 0.89 to "
            "0.97), heart failure 22 % (0.78, 0.69 to 0.89), type 2 diabetes 19 % (0.81, 0.77 to 0.86), "
            "death 10 % (0.90, 0.81 to 0.99). Cardiovascular disease as a whole: no clear difference (0.99,"
            " 0.88 to 1.10)."
        ),
        limits="Observed, not assigned: foods with magnesium bring much else along.",
    ),
    Study(
        name="PMC3592895",
        where="a meta-analysis of cohorts",
        design="532,979 people",
        found="Cardiovascular disease fell most where intake rose from 150 to 400 mg a day, then levelled.",
        limits="Observed, not assigned. A flattening curve is no upper edge.",
        url=f"{PMC}PMC3592895/",
    ),
    Study(
        name="Zhang 2018",
        where="Clinical Nutrition",
        design="cohort of 14,353 people in the US; magnesium in blood",
        found=(
            "Only the lowest blood values (under 0.7 mmol/L) went with more deaths: hazard ratio 1.34 (1.02"
            " to 1.77). At 1.0 mmol/L and over there was no difference (0.98)."
        ),
        limits="Blood, not intake: the one cannot be turned into the other.",
    ),
)

HIGH_EDGE: tuple[Study, ...] = (
    Study(
        name="Hu 2020",
        where="BMJ Open, 10.1136/bmjopen-2020-039640",
        design="survey at one point in time (NHANES 1999 to 2016), 13,324 women in the US",
        found=(
            "A U for rheumatoid arthritis, with bends at 181 and 446 mg a day. The odds ratios the abstract"
            " gives are 0.7 (0.5 to 0.8) for the part below, 1.0 (0.7 to 1.2) between, 2.8 (1.2 to 6.6) "
            "above."
        ),
        limits=(
            "One survey, so cause and effect cannot be told apart; a wide interval; its abstract swaps two "
            "counts. 446 mg is one paper's bend for women, not a limit."
        ),
        url="https://doi.org/10.1136/bmjopen-2020-039640",
    ),
    Study(
        name="Lo 2019",
        where="BMJ Open 9:e030052",
        design="cohort of 6,473 women in the US, over 20 years",
        found=(
            "Memory disorders were least frequent at 257 to 318 mg a day (hazard ratio 0.69, 0.53 to 0.91)."
            " The milder kind alone was also less frequent in the two groups above that (0.67 and 0.61)."
        ),
        limits="A threshold fits as well as a U. Observed, not assigned.",
    ),
    Study(
        name="Kieboom 2017",
        where="Neurology 89:1716",
        design="cohort of 9,569 people in Rotterdam, 7.8 years; magnesium in blood",
        found=(
            "Dementia was more frequent at both ends: hazard ratio 1.32 (1.02 to 1.69) at 0.79 mmol/L and "
            "less, 1.30 (1.02 to 1.67) at 0.90 and more."
        ),
        limits="Blood reflects the kidneys and illness more than what was eaten.",
        url=f"{PUBMED}28931641/",
    ),
    Study(
        name="Thomassen 2021",
        where="Clinical Chemistry 67:899",
        design="cohort of 102,648 people in Copenhagen; magnesium in blood",
        found=(
            "Dementia other than Alzheimer's: hazard ratio 1.50 (1.21 to 1.87) in the lowest fifth, 1.34 "
            "(1.07 to 1.69) in the highest. For Alzheimer's no such shape."
        ),
        limits="Blood, not intake.",
    ),
    Study(
        name="Mayo 2015",
        where="Mayo Clinic Proceedings",
        design="65,974 people on admission to hospital; magnesium in blood",
        found="Fewest deaths in hospital at 1.7 to 1.89 mg/dL, more below 1.7 and from 2.3 up.",
        limits="People already ill. Of the same group, a year on, only the high end stood out (2020).",
    ),
)

NERVES: tuple[Study, ...] = (
    Study(
        name="Pickering 2011",
        where="Magnesium Research 24:28",
        design="trial with a placebo, 45 people, four weeks of magnesium chloride by mouth",
        found="No clear difference in pain between magnesium and placebo.",
        limits=(
            "Small and short. Its abstract does not say which chloride, so the amount is 301 or 642 mg a day."
        ),
    ),
    Study(
        name="Engelen 2000",
        where="Magnesium Research 13:197",
        design="23 people with type 1 diabetes and low magnesium in red cells, 20 without; one year by mouth",
        found="Nerve conduction improved in part; the authors themselves put a question mark to it.",
        limits="Small; as described, nobody was blinded.",
    ),
    Study(
        name="Chu 2016",
        where="Scientific Reports 6:32623",
        design="978 people with type 2 diabetes at one point in time; magnesium in blood",
        found="Lower blood magnesium went with weaker nerve signals (β 0.095, P 0.014).",
        limits="One point in time: it cannot say which came first.",
    ),
)

SKIN: tuple[Study, ...] = (
    Study(
        name="Gröber 2017",
        where="Nutrients 9:813",
        design="review of what had been published",
        found="It concludes that promoting magnesium through the skin has no scientific support.",
        limits="A review of few and small studies.",
        url=f"{PMC}PMC5579607/",
    ),
    Study(
        name="Chandrasekaran 2016",
        where="Magnesium Research 29:35",
        design="human skin in the laboratory",
        found=(
            "Some magnesium passed the outer layer, more with strength and time; hair follicles were a main"
            " route."
        ),
        limits="A laboratory: it does not say how much reaches the body.",
    ),
    Study(
        name="Kass 2017",
        where="PLoS One 12:e0174817",
        design="pilot trial, 25 people, a cream with 56 mg a day for two weeks",
        found="Only its design was read for this page, so no result is given.",
        limits="A pilot of two weeks.",
        url="https://doi.org/10.1371/journal.pone.0174817",
    ),
    Study(
        name="Waring, Epsom bath report",
        where="University of Birmingham, not in a journal",
        design="19 people, seven daily baths of 12 minutes",
        found="Blood magnesium rose in 16 of them, in some only slightly.",
        limits="Never reviewed by peers; no group without Epsom salt is described.",
    ),
)
