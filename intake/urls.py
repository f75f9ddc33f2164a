"""The pages."""

from django.urls import path, register_converter

from intake import converters
from intake.views import accounts, contributions, corrections, day, entries, food, learn, supplements, week

register_converter(converters.DayConverter, "day")
register_converter(converters.WeekConverter, "week")

app_name = "intake"
urlpatterns = [
    path("", day.today, name="today"),
    path("<day:day>/", day.show_day, name="day"),
    path("<day:day>/find/", day.find, name="find"),
    path("<day:day>/entries/", entries.add_entry, name="add_entry"),
    path("<day:day>/water/", entries.add_water, name="add_water"),
    path("<day:day>/mark/", entries.set_mark, name="mark_day"),
    path("entries/<uuid:entry_id>/", entries.entry, name="entry"),
    path("entries/<uuid:entry_id>/delete/", entries.remove_entry, name="delete_entry"),
    path("entries/<uuid:entry_id>/restore/", entries.bring_back_entry, name="restore_entry"),
    path("week/", week.this_week, name="this_week"),
    path("week/<week:week>/", week.show_week, name="week"),
    path("foods/new/", food.new_own_food, name="own_food_new"),
    path("foods/propose/", contributions.propose, name="food_propose"),
    path("foods/<str:ref>/", food.show_food, name="food"),
    path("foods/<str:ref>/report/", contributions.report_value, name="food_report"),
    path("foods/<uuid:food_id>/retire/", food.retire_own_food, name="own_food_retire"),
    path("corrections/", corrections.show_offers, name="corrections"),
    path("corrections/take/", corrections.take, name="corrections_take"),
    path("corrections/keep/", corrections.keep, name="corrections_keep"),
    path("corrections/offer/", corrections.offer, name="corrections_offer"),
    path("corrections/<str:ref>/", corrections.show_offer, name="correction"),
    path("corrections/taken/<uuid:applied_id>/", corrections.show_applied, name="applied"),
    path("corrections/taken/<uuid:applied_id>/undo/", corrections.undo, name="applied_undo"),
    path("supplements/", supplements.list_supplements, name="supplements"),
    path("supplements/new/", supplements.new_product, name="product_new"),
    path("supplements/<str:ref>/", supplements.show_product, name="product"),
    path("supplements/<uuid:product_id>/retire/", supplements.retire_product, name="product_retire"),
    path("learn/", learn.learn, name="learn"),
    path("learn/<slug:slug>/", learn.learn_page, name="learn_page"),
    path("welcome/", accounts.welcome, name="welcome"),
    path("settings/", accounts.settings, name="settings"),
    path("settings/band/", accounts.settings_target, name="settings_target"),
    path("settings/day/", accounts.settings_day, name="settings_day"),
    path("settings/tokens/", accounts.settings_tokens, name="settings_tokens"),
    path("settings/tokens/<uuid:token_id>/revoke/", accounts.token_revoke, name="token_revoke"),
    path("settings/export/", accounts.settings_export, name="settings_export"),
    path("settings/export/<uuid:job_id>/", accounts.export_file, name="export_file"),
    path("settings/contributions/", contributions.show_contributions, name="settings_contributions"),
    path(
        "settings/contributions/<uuid:contribution_id>/withdraw/",
        contributions.withdraw,
        name="contribution_withdraw",
    ),
    path(
        "settings/contributions/<uuid:contribution_id>/use/",
        contributions.use_shared,
        name="contribution_use",
    ),
    path("settings/delete/", accounts.settings_delete, name="settings_delete"),
]
