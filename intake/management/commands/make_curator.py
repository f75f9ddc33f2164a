"""Make an account a curator: rights over foods, supplements, texts and jobs, none over diaries."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q

from intake.models import User

GROUP = "Curators"
_RIGHTS = Q(codename__startswith="view_") | Q(codename__startswith="add_") | Q(codename__startswith="change_")
_DESK = Q(content_type__app_label__in=["foods", "supplements", "learn"])  # every table of theirs
_HISTORY = Q(codename__contains="_historical")  # written with the rows, never by hand
_JOBS = Q(content_type__app_label="intake", codename__in=["view_job", "change_job"])


class Command(BaseCommand):
    help = "Let an account keep foods, supplements and texts, and see to the jobs, in the administration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address of an account that exists")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"].strip()).first()
        if user is None:
            raise CommandError("There is no account with this address.")
        group, _created = Group.objects.get_or_create(name=GROUP)
        rights = Permission.objects.filter((_RIGHTS & _DESK) | _JOBS).exclude(_HISTORY)
        group.permissions.set(rights)
        user.groups.add(group)
        user.is_staff = True
        user.save(update_fields=["is_staff"])
        self.stdout.write(f"{user.email} is a curator now.")
