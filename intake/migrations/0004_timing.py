"""Medicines and conditions a person lists; whose ceiling holds, apart from the reference body."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
import uuid6
from django.conf import settings
from django.db import migrations, models

import intake.models.timing

BODIES = [
    ("us", "US and Canada (IOM)"),
    ("efsa", "EU (EFSA)"),
    ("uk", "UK (COMA)"),
    ("dach", "Germany, Austria, Switzerland (D-A-CH)"),
    ("nordic", "Nordic (NNR)"),
    ("who", "FAO/WHO"),
    ("jp", "Japan (MHLW)"),
    ("anz", "Australia and New Zealand (NHMRC)"),
]
A_WEEKDAY = "Choose at least one day of the week."


def fits(field, limit, name):
    return models.CheckConstraint(
        name=name,
        condition=django.db.models.lookups.LessThanOrEqual(
            django.db.models.functions.text.Length(field), limit
        ),
        violation_error_message=f"At most {limit} characters.",
    )


def owner():
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


def key():
    return models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_routines")]

    operations = [
        migrations.AddField(
            model_name="target",
            name="ceiling_body",
            field=models.CharField(blank=True, choices=BODIES, max_length=8, null=True),
        ),
        migrations.AddConstraint(
            model_name="target", constraint=fits("ceiling_body", 8, "target_ceiling_body_fits")
        ),
        migrations.AddField(
            model_name="profile", name="has_timing", field=models.BooleanField(default=False)
        ),
        migrations.CreateModel(
            name="ListedMedicine",
            fields=[
                ("id", key()),
                (
                    "rule",
                    models.CharField(
                        max_length=40,
                        validators=[intake.models.timing.validate_rule],
                        verbose_name="class",
                    ),
                ),
                ("at", models.TimeField(blank=True, null=True, verbose_name="time")),
                (
                    "weekdays",
                    models.PositiveSmallIntegerField(
                        default=127,
                        validators=[
                            django.core.validators.MinValueValidator(1, A_WEEKDAY),
                            django.core.validators.MaxValueValidator(127, A_WEEKDAY),
                        ],
                        verbose_name="a bit for each weekday, 1 for Monday",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("user", owner()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "rule", "at"),
                        name="listed_medicine_user_rule_at",
                        violation_error_message="This stands in your list already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("at", None)),
                        fields=("user", "rule"),
                        name="listed_medicine_user_rule_untimed",
                        violation_error_message="This stands in your list already.",
                    ),
                    fits("rule", 40, "listed_medicine_rule_fits"),
                    models.CheckConstraint(
                        condition=models.Q(("weekdays__range", (1, 127))),
                        name="listed_medicine_weekdays_in_range",
                        violation_error_message=A_WEEKDAY,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TickedCondition",
            fields=[
                ("id", key()),
                (
                    "slug",
                    models.CharField(
                        max_length=40,
                        validators=[intake.models.timing.validate_condition],
                        verbose_name="condition",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("user", owner()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "slug"), name="ticked_condition_user_slug"),
                    fits("slug", 40, "ticked_condition_slug_fits"),
                ],
            },
        ),
    ]
