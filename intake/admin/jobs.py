"""Background work at the desk: what waits, runs and failed; try again, or stop. It never says whose it is."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from intake.models import Job
from intake.tending import cancel, job_counts, job_rows, retry

PAGE = 50
ACTS = {"retry": (retry, "It will be tried again."), "cancel": (cancel, "It is stopped.")}
LATE = "Nothing was changed: the job has moved on since this page was drawn."


@admin.register(Job)
class JobAdmin(admin.ModelAdmin[Job]):
    """Jobs, newest first. Who may view jobs may look; who may change them may try again and stop."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: jobs are asked for by what needs them."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        """Nobody: old jobs go by themselves."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Return the list and its acts, in the place of Django's pages, which would show whose a job is."""

        def at(address: str, name: str, view: Callable[..., HttpResponse]) -> URLPattern:
            return path(address, self.admin_site.admin_view(view), name=f"intake_job_{name}")

        return [
            at("", "changelist", require_safe(partial(jobs_page, self))),
            *(
                at(f"<uuid:job_id>/{act}/", act, require_POST(partial(job_act, self, name=act)))
                for act in ACTS
            ),
        ]


def jobs_page(desk: JobAdmin, request: HttpRequest) -> HttpResponse:
    """Show the jobs of a state, or all, fifty a page; five queries beside those for who looks."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    state = request.GET.get("state", "")
    if state and state not in Job.State:
        raise Http404("There is no such state.")
    now = timezone.now()
    counts = job_counts(now)
    found = Job.objects.defer("cursor", "user", "dedupe_key").order_by("-pk")
    pages = Paginator(found.filter(state=state) if state else found, PAGE)
    page = pages.get_page(request.GET.get("p"))
    address = f"?state={state}&p=" if state else "?p="
    context: dict[str, Any] = {
        **desk.admin_site.each_context(request),
        "title": "Jobs",
        "opts": desk.opts,
        "counts": counts,
        "jobs": job_rows(page, now, imports=request.user.has_perm("foods.view_foodimport")),
        "facets": _facets(state, counts.by_state),
        "state": state,
        "may_change": desk.has_change_permission(request),
        "span": f"{page.start_index():,} to {page.end_index():,} of {page.paginator.count:,}",
        "before": f"{address}{page.number - 1}" if page.has_previous() else "",
        "next": f"{address}{page.number + 1}" if page.has_next() else "",
    }
    return TemplateResponse(request, "admin/intake/job/change_list.html", context)


def job_act(desk: JobAdmin, request: HttpRequest, job_id: UUID, *, name: str) -> HttpResponse:
    """Try a job again, or stop it; then show the list as it was."""
    if not desk.has_change_permission(request):
        raise PermissionDenied
    job = Job.objects.defer("cursor", "user").filter(pk=job_id).first()
    if job is None:
        raise Http404("There is no such job.")
    act, done = ACTS[name]
    if act([job_id], timezone.now()):
        desk.log_change(request, job, done)
        desk.message_user(request, done)
    else:
        desk.message_user(request, LATE)
    state = request.POST.get("state", "")
    query = f"?state={state}" if state in Job.State else ""
    return HttpResponseRedirect(reverse("admin:intake_job_changelist") + query)


def _facets(state: str, by_state: Any) -> list[tuple[str, str, int, bool]]:
    """Return all states as links: label, address, how many, and whether it is the one looked at."""
    every = [("", "all", sum(by_state.values()))]
    every += [(code, str(label), by_state.get(code, 0)) for code, label in Job.State.choices]
    return [
        (label, f"?state={code}" if code else "?", number, code == state) for code, label, number in every
    ]
