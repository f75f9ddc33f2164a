"""How long something stayed on the skin."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_timing")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="minutes",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="minutes on the skin"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minutes", None),
                    models.Q(("kind", "topical"), ("minutes__range", (1, 1440))),
                    _connector="OR",
                ),
                name="entry_minutes_on_the_skin",
                violation_error_message="Minutes belong to what goes on the skin: 1 to 1 440 of them.",
            ),
        ),
    ]
