"""Labels brought in at the desk: a few files at a time; folders are for the command line."""

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from supplements.admin.product_states import who
from supplements.models import Product
from supplements.services import Tally, import_products
from supplements.sources import LabelFile, Unreadable, read_label
from supplements.sources.files import MAX_BYTES
from supplements.sources.texts import tidy

MAX_FILES = 50
Desk = ModelAdmin[Product]


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files of one input, each checked as one."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return the files. Raises ValidationError if there are none, too many, or one is too large."""
        files = [super(_FilesField, self).clean(one) for one in data or [None]]
        if len(files) > MAX_FILES:
            raise ValidationError(
                f"At most {MAX_FILES} files at a time; a folder: manage.py import_products."
            )
        if any((file.size or 0) > MAX_BYTES for file in files):
            raise ValidationError(f"A label's file has at most {MAX_BYTES:,} bytes.")
        return files


class LabelsForm(forms.Form):
    """Files of labels, and whether they are only looked at."""

    labels = _FilesField(label="files")
    look_only = forms.BooleanField(required=False)


def show(desk: Desk, request: HttpRequest) -> HttpResponse:
    """Ask for files of labels; bring them in, or say what would come of it. 400 if none can be read."""
    if not (desk.has_add_permission(request) and desk.has_change_permission(request)):
        raise PermissionDenied
    form = LabelsForm(request.POST, request.FILES) if request.method == "POST" else LabelsForm()
    context: dict[str, Any] = {"title": "Bring labels in", "opts": desk.opts, "form": form}
    if request.method == "POST" and form.is_valid():
        labels, refused = _read(form.cleaned_data["labels"])
        look_only = form.cleaned_data["look_only"]
        tally = _bring(form, request, labels, look_only) if labels else None
        context |= {
            "refused": refused,
            "tally": tally,
            "look_only": look_only,
            "without": [label for label in labels if not label.records],
            "said": [*_doubts(labels), *(tally.said if tally else ())],
        }
    context = desk.admin_site.each_context(request) | context
    status = 400 if form.errors or context.get("tally", True) is None else 200
    return TemplateResponse(request, "admin/supplements/product/import.html", context, status=status)


def _read(files: list[UploadedFile[Any]]) -> tuple[list[LabelFile], list[str]]:
    labels, refused = [], []
    for file in files:
        try:
            labels.append(read_label(file.read(), tidy(file.name, 120) or "file"))
        except Unreadable as problem:
            refused.append(str(problem))
    return labels, refused


def _bring(form: LabelsForm, request: HttpRequest, labels: list[LabelFile], look_only: bool) -> Tally | None:
    records = [record for label in labels for record in label.records]
    try:
        return import_products(records, author=who(request), now=timezone.now(), look_only=look_only)
    except ValidationError as problem:
        form.add_error(None, problem.messages)
        return None


def _doubts(labels: list[LabelFile]) -> list[str]:
    notes = [f"{label.file}: {record.note}" for label in labels for record in label.records if record.note]
    return [*(f"{label.file}: {doubt}" for label in labels for doubt in label.doubts), *notes]
