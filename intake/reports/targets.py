"""What the days of a person are held against."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from intake.domain.aim import Aim, Choice, aim_for
from intake.domain.band import Standing
from intake.models import Target, User


@dataclass(frozen=True, slots=True)
class Aims:
    """A person's targets over time."""

    choices: tuple[tuple[dt.date, Choice], ...]  # by valid_from, earliest first

    def choice_on(self, day: dt.date) -> Choice:
        """Return what was chosen for a day: the last target that began by then, else the defaults."""
        begun = [choice for valid_from, choice in self.choices if valid_from <= day]
        return begun[-1] if begun else Choice()

    def on(self, day: dt.date) -> Aim:
        """Return what a day is held against."""
        return aim_for(self.choice_on(day), day)


def aims(user: User) -> Aims:
    """Return what the person's days are held against. One query."""
    return aims_of(Target.objects.of(user).order_by("valid_from"))


def aims_of(targets: Iterable[Target]) -> Aims:
    """Return what days are held against by these targets, given earliest first."""
    return Aims(tuple((target.valid_from, choice_of(target)) for target in targets))


def choice_of(target: Target) -> Choice:
    """Return a target as the pure rules take it."""
    return Choice(
        body=target.body,
        sex=target.sex,
        birth_year=target.birth_year,
        life_stage=target.life_stage,
        ceiling_body=target.ceiling_body,
        low_ug=target.low_ug,
        high_ug=target.high_ug,
        ceiling_ug=target.ceiling_ug,
    )


def standing_of(total_ug: int | None, aim: Aim) -> Standing | None:
    """Return where a total stands; None where nothing is known or there is no band."""
    return None if aim.band is None or total_ug is None else aim.band.standing(total_ug)
