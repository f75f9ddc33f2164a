"""The curators' desk for background work; diaries have no page here: they are private."""

from intake.admin import jobs as jobs
