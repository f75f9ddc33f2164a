"""The index of merged foods holds those alone: with all in it SQLite took it to find the rest."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foods", "0008_import_rows_by_size")]

    operations = [
        migrations.AlterField(
            model_name="food",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="foods.food",
            ),
        ),
        migrations.AddIndex(
            model_name="food",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)), fields=["merged_into"], name="food_merged"
            ),
        ),
    ]
