"""PURE: where the facts on medicines, conditions and single doses stand.

A page without a date of its own carries the year in which it was read.
"""

from intake.domain.references.citations import Citation

PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
EMC = "https://www.medicines.org.uk/emc/product/"

EMC_12118 = Citation(
    body="UK product information",
    title="Summary of product characteristics, emc 12118",
    year=2026,
    table="interactions; as read in 2026",
    url=f"{EMC}12118/smpc",
)
EMC_4841 = Citation(
    body="UK product information",
    title="Summary of product characteristics, emc 4841",
    year=2026,
    table="interactions; as read in 2026",
    url=f"{EMC}4841/smpc",
)
CIPROFLOXACIN = Citation(
    body="PubMed",
    title="Ciprofloxacin and an antacid, by the hours between them, PMID 2598571",
    year=2026,
    table="uptake by the time between the two; abstract, as read in 2026",
    url=f"{PUBMED}2598571/",
)
ODS_FACTS = Citation(
    body="NIH ODS",
    title="Magnesium, fact sheet, in a copy",
    year=2026,
    table="interactions with medicines; as read in 2026",
)
STOCKLEY = Citation(
    body="Stockley's",
    title="Stockley's Drug Interactions, levothyroxine and magnesium, in a copy",
    year=2026,
    table="as read in 2026",
)
GABAPENTIN_LABEL = Citation(
    body="US label",
    title="Gabapentin, US prescribing information, in a copy",
    year=2026,
    table="antacids; as read in 2026",
)
DHHS_2017 = Citation(
    body="DHHS",
    title="Guidelines on medicines for HIV, AIDSinfo",
    year=2017,
    table="table 18d",
)
HIV_GUIDE = Citation(
    body="Guide thérapeutique VIH",
    title="Dolutegravir, alone and with others: 11406 and 11434",
    year=2026,
    table="antacids and minerals; as read in 2026",
)
HIV_INSITE = Citation(
    body="UCSF HIV InSite",
    title="Raltegravir with antacids of magnesium and aluminium, hmq-1503-05",
    year=2026,
    table="as read in 2026",
)
DIURETICS_REVIEW = Citation(
    body="PMC1364546",
    title="A review of diuretics and magnesium",
    year=1993,
    url="https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1364546/",
)
FDA_2011 = Citation(
    body="FDA",
    title="Drug safety communication on proton pump inhibitors and low magnesium, 2 March 2011",
    year=2011,
)
MILK_OF_MAGNESIA = Citation(
    body="US label",
    title="Milk of magnesia, drug facts, DailyMed",
    year=2026,
    table="ask a doctor before use; as read in 2026",
)
ASPARTATE_LEAFLET = Citation(
    body="German leaflet",
    title="Magnesium, leaflets of Germany and Switzerland",
    year=2026,
    table="not to be taken; as read in 2026",
)
MYASTHENIA_REVIEW = Citation(
    body="myasthenia.org",
    title="Medicines and myasthenia gravis, a review quoted by a patients' site",
    year=2026,
    table="in a copy; as read in 2026",
)
LAXATIVE_MONOGRAPH = Citation(
    body="Drug monograph",
    title="Magnesium laxatives, a monograph, in a copy",
    year=2026,
    table="contraindications; as read in 2026",
)
FINE_1991 = Citation(
    body="Fine and others",
    title="Magnesium taken up, by the amount in a meal",
    year=1991,
    table="J Clin Invest 88:396",
    url=f"{PUBMED}1864954/",
)
