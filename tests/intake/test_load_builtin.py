"""`manage.py load_builtin`: both sets once, and what it says."""

import io
import re

import pytest
from django.core.management import call_command

from foods.models import Food
from foods.services import builtin as services
from foods.sources.builtin import read_builtin

pytestmark = pytest.mark.django_db


def test_it_says_how_many_foods_and_forms_there_are_each_time(monkeypatch):
    some = [food for food in read_builtin() if food.key in {"11457", "11458", "12016"}]
    monkeypatch.setattr(services, "read_builtin", lambda: some)

    for _time in range(2):
        out = io.StringIO()
        call_command("load_builtin", stdout=out)
        line = out.getvalue().replace("\u00a0", " ").strip()
        assert re.fullmatch(
            r"3 foods, 3 with magnesium, 3 with portions; \d\d forms of magnesium; in \d+\.\d s", line
        )

    assert Food.objects.count() == 3
