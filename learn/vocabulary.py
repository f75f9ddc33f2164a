"""What texts may name; the settings say who knows the figures, since this app does not."""

from django.conf import settings
from django.utils.module_loading import import_string

from learn.markdown import Vocabulary


def vocabulary() -> Vocabulary:
    """Return the figures and tables that texts may name."""
    found: Vocabulary = import_string(settings.LEARN_VOCABULARY)()
    return found
