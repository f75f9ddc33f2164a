"""The first-run page and the settings."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.clock import today_of
from intake.domain.aim import Aim, aim_for
from intake.domain.references import ceiling_of
from intake.errors import NotThere
from intake.exports import ask_export, export_zip
from intake.forms.accounts import (
    TARGET_NAMES,
    DayForm,
    DeleteForm,
    TargetFromForm,
    TokenForm,
    WelcomeForm,
    ZoneForm,
)
from intake.forms.fields import add_service_error
from intake.models import (
    FIRST_DAY,
    ApiToken,
    Body,
    Contribution,
    Entry,
    Job,
    ListedMedicine,
    OwnFood,
    OwnProduct,
    Routine,
    Target,
    TickedCondition,
    User,
    in_force,
)
from intake.reports import aims_of, choice_of
from intake.services import change_profile, delete_account, make_token, revoke_token, set_target
from intake.sessions import end_sessions
from intake.views.entrance import HOUR_S, NOTHING_KEPT, wait
from intake.views.requests import PersonRequest

EXPORTS_A_DAY = 5
DAY_S = 86400
TARGETS_SHOWN = 50
MAX_TOKENS = 20
form_page = require_http_methods(["GET", "HEAD", "POST"])


# First run -----------------------------------------------------------------------------------------


@form_page
def welcome(request: PersonRequest) -> HttpResponse:
    """Ask once for what makes the figures fit; each answer, and the page, may be skipped.

    The time zone the browser is set to holds all the same: which day it is depends on it.
    """
    user = request.user
    if user.profile.welcomed_at is not None:
        return redirect("intake:today")
    if request.method == "POST" and "skip" in request.POST:
        zone = ZoneForm({"tz": request.POST.get("tz", "")}, profile=user.profile)
        guessed = zone.profile_changes() if zone.is_valid() else {}
        change_profile(user=user, welcomed_at=timezone.now(), **guessed)
        return redirect("intake:today")

    form = WelcomeForm(_posted(request), today=today_of(user), profile=user.profile)
    if form.is_bound and form.is_valid() and _saved(form, lambda: _save_welcome(user, form)):
        return redirect("intake:today")
    return _form_page(request, "intake/welcome.html", form)


@transaction.atomic
def _save_welcome(user: User, form: WelcomeForm) -> None:
    change_profile(user=user, welcomed_at=timezone.now(), **form.profile_changes())
    if form.names_a_target():
        set_target(user=user, today=today_of(user), **form.changes())


# Settings ------------------------------------------------------------------------------------------


@require_safe
def settings(request: PersonRequest) -> HttpResponse:
    """Show what can be set, and where."""
    return render(request, "intake/settings/overview.html", {"section": "settings"})


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target as the page lists it: from which day (None: every day), the choice in words, what it gives."""

    valid_from: dt.date | None
    words: tuple[str, ...]
    aim: Aim
    in_force: bool


@form_page
def settings_target(request: PersonRequest) -> HttpResponse:
    """Show what days are held against, and change it from a day on."""
    user, today = request.user, today_of(request.user)
    targets = list(Target.objects.of(user).order_by("valid_from"))
    current = in_force(targets, today)
    form = TargetFromForm(
        _posted(request), today=today, first=not targets, initial=TargetFromForm.initial_of(current)
    )
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data["valid_from"]
        if _saved(form, lambda: set_target(user=user, today=today, valid_from=asked, **form.changes())):
            messages.success(request, "Saved.")
            return redirect("intake:settings_target")
    context = {
        "aim": aims_of(targets).on(today),
        "targets": list(_target_rows(targets, current, today)),
        "ceilings": [(label, ceiling_of(body)) for body, label in Body.choices],
    }
    return _form_page(request, "intake/settings/target.html", form, **context)


def _target_rows(targets: list[Target], current: Target | None, today: dt.date) -> Iterable[TargetRow]:
    for target in reversed(targets[-TARGETS_SHOWN:]):
        words = [target.get_body_display()]
        if target.sex:
            words.append(target.get_sex_display())
        if target.birth_year is not None:
            words.append(f"born {target.birth_year}")
        if target.life_stage:
            words.append(target.get_life_stage_display())
        if target.ceiling_body and target.ceiling_body != target.body:
            words.append(f"ceiling of {target.get_ceiling_body_display()}")
        yield TargetRow(
            valid_from=None if target.valid_from == FIRST_DAY else target.valid_from,
            words=tuple(words),
            aim=aim_for(choice_of(target), max(target.valid_from, today)),
            in_force=target is current,
        )


@form_page
def settings_day(request: PersonRequest) -> HttpResponse:
    """Change the time zone, the start of the day, the tap water and the glass."""
    user = request.user
    form = DayForm(_posted(request), profile=user.profile)
    if form.is_bound and form.is_valid() and _saved(form, lambda: _save_day(user, form)):
        messages.success(request, "Saved.")
        return redirect("intake:settings_day")
    return _form_page(request, "intake/settings/day.html", form)


def _save_day(user: User, form: DayForm) -> None:
    change_profile(user=user, **form.profile_changes())


@form_page
def settings_tokens(request: PersonRequest) -> HttpResponse:
    """List the keys to the REST interface, and make one: it is shown in this answer and never again."""
    user, made = request.user, ""
    form = TokenForm(_posted(request))
    if form.is_bound and form.is_valid():
        try:
            made = make_token(user=user, name=form.cleaned_data["name"], at_most=MAX_TOKENS)
            form = TokenForm()
        except ValidationError as error:
            add_service_error(form, error)
    tokens = ApiToken.objects.of(user).order_by("-created_at")
    return _form_page(request, "intake/settings/tokens.html", form, tokens=list(tokens), made=made)


@require_POST
def token_revoke(request: PersonRequest, token_id: UUID) -> HttpResponse:
    """Make one of the person's tokens worthless; 404 for any other."""
    try:
        revoke_token(user=request.user, token_id=token_id)
    except NotThere as error:
        raise Http404 from error
    messages.success(request, "Revoked. Whatever used this token is shut out from now on.")
    return redirect("intake:settings_tokens")


@form_page
def settings_export(request: PersonRequest) -> HttpResponse:
    """List the person's exports, and ask for one; at most 5 a day, then 429."""
    asked = Job.objects.of(request.user).filter(kind="export").order_by("-created_at")
    problem = ""
    if request.method == "POST":
        since = timezone.now() - dt.timedelta(days=1)
        if asked.filter(created_at__gt=since).count() < EXPORTS_A_DAY:
            with transaction.atomic():
                ask_export(user=request.user)
            messages.success(request, "Asked for. It stands below as soon as it is written.")
            return redirect("intake:settings_export")
        problem = f"{EXPORTS_A_DAY} exports a day are enough. Try again tomorrow."
    context = {"jobs": list(asked[:EXPORTS_A_DAY]), "problem": problem, "section": "settings"}
    response = render(request, "intake/settings/export.html", context)
    return wait(response, DAY_S) if problem else response


@require_safe
def export_file(request: PersonRequest, job_id: UUID) -> FileResponse:
    """Hand out a finished export of the person's as a ZIP; 404 for any other."""
    done = Job.objects.of(request.user).filter(pk=job_id, kind="export", state=Job.State.DONE)
    job = done.first()
    if job is None:
        raise Http404
    name = f"midband-{job.finished_at or job.created_at:%Y-%m-%d}.zip"
    return FileResponse(export_zip(job), as_attachment=True, filename=name)


@sensitive_post_parameters("password")
@form_page
def settings_delete(request: PersonRequest) -> HttpResponse:
    """Erase the person, after the password and a typed word; then sign out everywhere."""
    user = request.user
    held = _held(user)
    form = DeleteForm(_posted(request), user=user)
    if not (form.is_bound and form.is_valid()):
        too_many = form.has_error(NON_FIELD_ERRORS, "too_many_login_attempts")
        response = _form_page(request, "intake/settings/delete.html", form, held=held)
        return wait(response, HOUR_S) if too_many else response

    user_id = user.pk
    delete_account(user=user)
    logout(request)
    end_sessions(user_id)
    messages.success(request, f"Your account is deleted, and with it {_listed(held)}.")
    response = redirect("account_login")
    response["Clear-Site-Data"] = NOTHING_KEPT
    return response


def _held(user: User) -> list[tuple[int, str]]:
    """Return how many rows of each kind a person has."""
    kinds: list[tuple[QuerySet[Any], str, str]] = [
        (Entry.objects.of(user), "diary entry", "diary entries"),
        (OwnFood.objects.of(user), "own food", "own foods"),
        (OwnProduct.objects.of(user), "own product", "own products"),
        (Target.objects.of(user), "band", "bands"),
        (ListedMedicine.objects.of(user), "listed medicine", "listed medicines"),
        (TickedCondition.objects.of(user), "ticked condition", "ticked conditions"),
        (Routine.objects.of(user), "stack", "stacks"),
        (Contribution.objects.of(user), "report or proposal", "reports and proposals"),
        (ApiToken.objects.of(user), "token", "tokens"),
    ]
    counted = [(rows.count(), one, many) for rows, one, many in kinds]
    return [(count, one if count == 1 else many) for count, one, many in counted]


def _listed(held: list[tuple[int, str]]) -> str:
    said = [f"{count} {name}" for count, name in held if count]
    return ", ".join(["your settings", *said])


# Small steps ---------------------------------------------------------------------------------------


def _posted(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _saved(form: forms.BaseForm, save: Callable[[], object]) -> bool:
    """Run a service; show what it refuses on the form, and say whether it was done."""
    try:
        save()
    except ValidationError as error:
        add_service_error(form, error, TARGET_NAMES)
        return False
    return True


def _form_page(request: PersonRequest, template: str, form: forms.BaseForm, **context: Any) -> HttpResponse:
    """Return a page with its form: 422 if the form was refused."""
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, "section": "settings", **context}, status=status)
