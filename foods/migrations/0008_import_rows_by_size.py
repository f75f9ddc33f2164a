"""The index of rows by verdict and size: with a condition that SQLite, too, can see to hold."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foods", "0007_food_list")]

    operations = [
        migrations.RemoveIndex(model_name="importrow", name="import_row_verdict"),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                condition=models.Q(("change_ug__isnull", False)),
                fields=["food_import", "verdict", "-change_ug", "position"],
                name="import_row_verdict",
            ),
        ),
    ]
