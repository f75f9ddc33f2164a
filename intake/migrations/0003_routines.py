import datetime

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
import uuid6
from django.conf import settings
from django.db import migrations, models

import foods.text


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0002_corrections'),
        ('supplements', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Routine',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, validators=[foods.text.validate_text])),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'name'], name='routine_user_name')],
                'constraints': [
                    models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('name'), 80), name='routine_name_fits', violation_error_message='At most 80 characters.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RoutinePlan',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('valid_from', models.DateField()),
                ('mode', models.CharField(choices=[('scheduled', 'On set days'), ('as_needed', 'As needed'), ('stopped', 'Stopped')], default='scheduled', max_length=9)),
                ('weekdays', models.PositiveSmallIntegerField(default=127, verbose_name='a bit for each weekday, 1 for Monday')),
                ('times', models.CharField(blank=True, max_length=40)),
                ('routine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='intake.routine')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('user', 'routine', 'valid_from'), name='routine_plan_user_routine_day'),
                    models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('times'), 40), name='routine_plan_times_fits', violation_error_message='At most 40 characters.'),
                    models.CheckConstraint(condition=models.Q(('weekdays__range', (1, 127))), name='routine_plan_weekdays_in_range', violation_error_message='Choose at least one day of the week.'),
                    models.CheckConstraint(condition=models.Q(('mode', 'scheduled'), ('times', ''), _connector='OR'), name='routine_plan_times_of_its_mode', violation_error_message='What is taken as needed has no times.'),
                    models.CheckConstraint(condition=models.Q(('valid_from__range', (datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)))), name='routine_plan_valid_from_in_range', violation_error_message='This day is out of reach.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RoutineItem',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('servings_milli', models.BigIntegerField(default=1000, verbose_name='servings, in thousandths')),
                ('own_product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='intake.ownproduct')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='intake.routineplan')),
                ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='supplements.product')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('user', 'plan', 'position'), name='routine_item_user_plan_position'),
                    models.CheckConstraint(condition=models.Q(models.Q(('own_product__isnull', False), ('product', None)), models.Q(('own_product', None), ('product__isnull', False)), _connector='OR'), name='routine_item_one_product'),
                    models.CheckConstraint(condition=models.Q(('servings_milli__range', (1, 100000000))), name='routine_item_servings_milli_in_range', violation_error_message='An amount lies above 0 and at most at 100 000.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RoutineDose',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('occasion', models.CharField(max_length=6)),
                ('ref', models.CharField(max_length=36, verbose_name='outside id of the product')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.entry')),
                ('routine', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.routine')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['user', 'day'], name='routine_dose_user_day'),
                    models.Index(fields=['user', 'routine', 'day'], name='routine_dose_user_routine'),
                    models.Index(fields=['routine'], name='routine_dose_routine'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('occasion', 'needed'), _negated=True), fields=('user', 'routine', 'day', 'occasion', 'ref'), name='routine_dose_user_once'),
                    models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('occasion'), 6), name='routine_dose_occasion_fits', violation_error_message='At most 6 characters.'),
                    models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('ref'), 36), name='routine_dose_ref_fits', violation_error_message='At most 36 characters.'),
                ],
            },
        ),
        migrations.AddField(
            model_name='profile',
            name='has_stacks',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='profile',
            name='reminders',
            field=models.BooleanField(default=False, verbose_name='remind me by e-mail'),
        ),
        migrations.AddField(
            model_name='profile',
            name='remind_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='profile',
            index=models.Index(condition=models.Q(('remind_at__isnull', False)), fields=['remind_at'], name='profile_remind_at'),
        ),
    ]
