"""Indexes for the curators' list of foods: by category, and the few that are retired or corrected."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foods", "0006_search_at_size")]

    operations = [
        migrations.AddIndex(
            model_name="food",
            index=models.Index(fields=["category", "id"], name="food_category"),
        ),
        migrations.AddIndex(
            model_name="food",
            index=models.Index(
                condition=models.Q(("retired_at__isnull", False)), fields=["id"], name="food_retired"
            ),
        ),
        migrations.AddIndex(
            model_name="foodrevision",
            index=models.Index(
                condition=models.Q(("author", ""), _negated=True),
                fields=["food"],
                name="food_revision_by_hand",
            ),
        ),
    ]
