"""Bringing a file in: it streams to the disk, never into memory, and is checked by its size first."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_protect

from foods import importing
from foods.admin.import_forms import UploadForm
from foods.admin.import_page import page_url
from foods.models import FoodImport
from foods.sources import formats

MB = 1024 * 1024
DRAINED_MB = 64  # so much of what is too large is read on, for the browser to hear the answer
CHUNK = 256 * 1024


def too_large() -> str:
    """Return the sentence for a file that does not fit."""
    return (
        f"A file brought in here may have {settings.UPLOAD_MAX_MB} MB. "
        "Bring this one in on the server: manage.py import_foods FILE."
    )


def upload(desk: ModelAdmin[FoodImport], request: HttpRequest) -> HttpResponse:
    """Ask for a file, then spool it and show its page. 413 if it is too large, 400 if it is refused.

    The size is looked at before anything reads the body, so the view that leads here is exempt from the
    check of the token, and the check is made here.
    """
    if not desk.has_add_permission(request):
        raise PermissionDenied
    announced = str(request.META.get("CONTENT_LENGTH") or "")
    if announced.isdigit() and int(announced) > settings.UPLOAD_MAX_MB * MB + MB:
        _drain(request)
        return _form(desk, request, UploadForm(), 413, too_large())
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    response: HttpResponse = csrf_protect(lambda request: _uploaded(desk, request))(request)
    return response


def _uploaded(desk: ModelAdmin[FoodImport], request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(desk, request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(desk, request, form, 400)
    file: TemporaryUploadedFile = form.cleaned_data["file"]
    if (file.size or 0) > settings.UPLOAD_MAX_MB * MB:
        return _form(desk, request, form, 413, too_large())
    try:
        food_import = importing.start_import(
            Path(file.temporary_file_path()),
            str(file.name),
            author=request.user.get_username(),
            release=form.cleaned_data["release"] or None,
        )
    except ValidationError as problem:
        form.add_error("file", problem.messages)
        return _form(desk, request, form, 400)
    desk.log_addition(request, food_import, f"Brought in {file.name}.")
    return HttpResponseRedirect(page_url(food_import))


def _drain(request: HttpRequest) -> None:
    left = DRAINED_MB * MB
    while left > 0 and (chunk := request.read(CHUNK)):
        left -= len(chunk)


def _form(
    desk: ModelAdmin[FoodImport], request: HttpRequest, form: UploadForm, status: int = 200, problem: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        **desk.admin_site.each_context(request),
        "title": "Bring in a file",
        "opts": desk.opts,
        "form": form,
        "problem": problem,
        "formats": formats.FORMATS,
        "max_mb": settings.UPLOAD_MAX_MB,
        "too_large": too_large(),
    }
    return TemplateResponse(request, "admin/foods/foodimport/upload.html", context, status=status)
