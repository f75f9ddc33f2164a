import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import simple_history.models
import supplements.models.products
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supplements', '0002_evidence'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalProduct',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('lines', models.JSONField(null=True)),
                ('brand', models.CharField(blank=True, max_length=120)),
                ('name', models.CharField(max_length=200)),
                ('serving', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('supplement', 'supplement'), ('medicine', 'medicine'), ('topical', 'on the skin')], default='supplement', max_length=12)),
                ('magnesium_ug_per_serving', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='elemental magnesium a serving, µg')),
                ('gtin', models.CharField(blank=True, max_length=14, validators=[supplements.models.products.validate_gtin], verbose_name='barcode')),
                ('off_market', models.BooleanField(default=False, verbose_name='off the market')),
                ('note', models.CharField(blank=True, max_length=300)),
                ('source', models.CharField(blank=True, editable=False, max_length=12)),
                ('source_key', models.CharField(blank=True, editable=False, max_length=40)),
                ('edition', models.PositiveSmallIntegerField(default=1, editable=False)),
                ('label_on', models.DateField(blank=True, editable=False, null=True, verbose_name='label of')),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('history_user_id', models.CharField(blank=True, default='', max_length=254)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical product',
                'verbose_name_plural': 'historical products',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='ingredient',
            name='printed',
            field=models.CharField(blank=True, max_length=200, verbose_name='as printed'),
        ),
        migrations.AddField(
            model_name='product',
            name='as_imported',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='product',
            name='edition',
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='product',
            name='gtin',
            field=models.CharField(blank=True, max_length=14, validators=[supplements.models.products.validate_gtin], verbose_name='barcode'),
        ),
        migrations.AddField(
            model_name='product',
            name='label_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='label of'),
        ),
        migrations.AddField(
            model_name='product',
            name='note',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='product',
            name='off_market',
            field=models.BooleanField(default=False, verbose_name='off the market'),
        ),
        migrations.AddField(
            model_name='product',
            name='replaces',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='supplements.product'),
        ),
        migrations.AddField(
            model_name='product',
            name='source',
            field=models.CharField(blank=True, editable=False, max_length=12),
        ),
        migrations.AddField(
            model_name='product',
            name='source_key',
            field=models.CharField(blank=True, editable=False, max_length=40),
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(condition=models.Q(('gtin', ''), _negated=True), fields=['gtin'], name='product_gtin'),
        ),
        migrations.AddConstraint(
            model_name='ingredient',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('printed'), 200), name='ingredient_printed_fits', violation_error_message='At most 200 characters.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('gtin'), 14), name='product_gtin_fits', violation_error_message='At most 14 characters.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('note'), 300), name='product_note_fits', violation_error_message='At most 300 characters.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('source'), 12), name='product_source_fits', violation_error_message='At most 12 characters.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('source_key'), 40), name='product_source_key_fits', violation_error_message='At most 40 characters.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', ''), ('source_key', '')), models.Q(models.Q(('source', ''), _negated=True), models.Q(('source_key', ''), _negated=True)), _connector='OR'), name='product_source_with_key', violation_error_message='A product of a source has its key there.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('source', 'source_key', 'edition'), name='product_source_edition'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('replaces', None), models.Q(('replaces', models.F('pk')), _negated=True), _connector='OR'), name='product_replaces_another'),
        ),
        migrations.AddField(
            model_name='historicalproduct',
            name='replaces',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='supplements.product'),
        ),
    ]
