"""What a person wrote stands in no log, not even where a database names the row that failed."""

import logging
import logging.config
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError

from config.logs import LineFormatter
from intake.models import Entry
from tests.factories import make_user


def logged(error):
    try:
        raise error
    except type(error):
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Failed", (), sys.exc_info())
    return LineFormatter().format(record)


def test_the_values_of_a_row_that_failed_are_left_out():
    text = logged(IntegrityError('violates "entry_fits"\nDETAIL:  Failing row contains (secret soup, 12).'))

    assert 'violates "entry_fits"' in text
    assert "Traceback" in text
    assert "secret" not in text


@pytest.mark.django_db(transaction=True)
def test_so_they_are_with_the_database_in_use():
    user = make_user()
    row = Entry(user=user, day="2026-11-16", label="secret soup", kind="food", slot="lunch", magnesium_ug=-1)

    with pytest.raises(IntegrityError) as caught:
        row.save(force_insert=True)

    assert "secret" not in logged(caught.value)


def test_the_server_s_log_is_written_so():
    assert settings.LOGGING["formatters"]["line"]["()"] == "config.logs.LineFormatter"
    logging.config.DictConfigurator(settings.LOGGING).configure_formatter(
        dict(settings.LOGGING["formatters"]["line"])
    )
