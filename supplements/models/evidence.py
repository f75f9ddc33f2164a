"""What was found of forms, and where they may be used; kept by curators, with history."""

from typing import Self, TypeVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from supplements.models.bounds import fits
from supplements.models.compounds import Compound
from supplements.models.history import recorded

MAX_PEOPLE = 100_000_000


class Status(models.TextChoices):
    """How a fact was read."""

    READ = "V1", "read in the source or an official copy"
    COPY = "V2", "read in a secondary copy"
    OURS = "C", "computed or searched for here"
    MEMORY = "M", "from memory: not shown until checked"


Row = TypeVar("Row", bound=models.Model)


class FactQuerySet(models.QuerySet[Row]):
    """Facts, shown and not."""

    def shown(self) -> Self:
        """Only what a person may see: not withdrawn, and read somewhere."""
        return self.filter(withdrawn=False).exclude(status=Status.MEMORY)


class Fact(models.Model):
    """A statement with where it stands and how it was read; `code` names what came built in."""

    code = models.SlugField(max_length=60, null=True, blank=True, unique=True, editable=False)
    citation = models.CharField(max_length=200)
    url = models.URLField("address", max_length=200, blank=True)
    status = models.CharField("how it was read", max_length=2, choices=Status, default=Status.MEMORY)
    withdrawn = models.BooleanField(default=False, help_text="Kept here, and not shown to anybody.")

    class Meta:
        abstract = True
        constraints = [
            fits("code", 60, "%(class)s_code_fits"),
            fits("citation", 200, "%(class)s_citation_fits"),
            fits("url", 200, "%(class)s_url_fits"),
            models.CheckConstraint(
                name="%(class)s_status_known",
                condition=Q(status__in=["V1", "V2", "C", "M"]),
                violation_error_message="There is no such status.",
            ),
        ]

    @property
    def shown(self) -> bool:
        """Whether a person may see it; `FactQuerySet.shown` says the same of a table."""
        return not self.withdrawn and self.status != Status.MEMORY


class Finding(Fact):
    """What one study or body found of some forms; without forms it speaks of all of them. Not a rank."""

    class Aspect(models.TextChoices):
        """What it is about."""

        ABSORPTION = "absorption", "how much is taken up"
        TOLERANCE = "tolerance", "how the bowel takes it"

    compounds = models.ManyToManyField(
        Compound,
        related_name="findings",
        blank=True,
        help_text="None chosen: of magnesium by mouth, whatever the form.",
    )
    aspect = models.CharField(max_length=10, choices=Aspect)
    study = models.CharField(max_length=80, help_text="As it is cited in a line: Schuette 1994.")
    design = models.CharField(max_length=120, blank=True)
    n = models.PositiveIntegerField(
        "people",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PEOPLE)],
        help_text="Empty: the source gives no number.",
    )
    result = models.CharField(max_length=400, help_text="What came out, with figures; no advice, no rank.")

    objects = FactQuerySet.as_manager()
    history = recorded(m2m_fields=["compounds"])

    class Meta(Fact.Meta):
        abstract = False
        constraints = [
            *Fact.Meta.constraints,
            fits("study", 80, "finding_study_fits"),
            fits("design", 120, "finding_design_fits"),
            fits("result", 400, "finding_result_fits"),
            models.CheckConstraint(
                name="finding_n_in_range",
                condition=Q(n=None) | Q(n__range=(1, MAX_PEOPLE)),
                violation_error_message="A study is of one person or more.",
            ),
            models.CheckConstraint(
                name="finding_aspect_known",
                condition=Q(aspect__in=["absorption", "tolerance"]),
                violation_error_message="There is no such aspect.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study}: {self.get_aspect_display()}"


class Permit(Fact):
    """Whether the law of a place lets some forms be added to foods, or be sold as supplements."""

    class Use(models.TextChoices):
        """What for."""

        FOOD = "food", "added to foods"
        SUPPLEMENT = "supplement", "in supplements"

    compounds = models.ManyToManyField(Compound, related_name="permits")
    place = models.CharField(max_length=40)
    use = models.CharField(max_length=10, choices=Use)
    permitted = models.BooleanField()
    remark = models.CharField(max_length=200)

    objects = FactQuerySet.as_manager()
    history = recorded(m2m_fields=["compounds"])

    class Meta(Fact.Meta):
        abstract = False
        constraints = [
            *Fact.Meta.constraints,
            fits("place", 40, "permit_place_fits"),
            fits("remark", 200, "permit_remark_fits"),
            models.CheckConstraint(
                name="permit_use_known",
                condition=Q(use__in=["food", "supplement"]),
                violation_error_message="There is no such use.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}, {self.get_use_display()}: {self.citation}"
