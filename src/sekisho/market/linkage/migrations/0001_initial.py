"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.kernel.clock
import sekisho.market.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KeyUse',
            fields=[
                ('name', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('since', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('due_at', models.DateTimeField(default=sekisho.market.kernel.clock.now, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('due_at', models.DateTimeField(null=True)),
                ('forgotten_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='departure_due')],
            },
        ),
        migrations.CreateModel(
            name='Trait',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('key', models.CharField(max_length=16)),
                ('look', models.BinaryField(default=bytes, max_length=32)),
            ],
            options={
                'indexes': [models.Index(fields=['key'], name='linkage_tra_key_5a8264_idx')],
            },
        ),
        migrations.CreateModel(
            name='Band',
            fields=[
                ('pk', models.CompositePrimaryKey('value', 'trait', blank=True, editable=False, primary_key=True, serialize=False)),
                ('value', models.BigIntegerField()),
                ('trait', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bands', to='linkage.trait')),
            ],
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kinds', models.JSONField(default=list)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'offender'), name='candidate_once')],
            },
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('last_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('times', models.PositiveIntegerField(default=1)),
                ('likeness', models.FloatField(default=1.0)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('trait', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='sightings', to='linkage.trait')),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-last_at'], name='linkage_sig_account_fcd5ff_idx')],
                'constraints': [models.UniqueConstraint(fields=('trait', 'account'), name='sighting_once')],
            },
        ),
        migrations.CreateModel(
            name='Explanation',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('cause', models.CharField(max_length=20)),
                ('because', models.TextField()),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('one', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('trait', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='linkage.trait')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('one', None), ('other', None), ('trait__isnull', False)), models.Q(('one__isnull', False), ('one__lt', models.F('other')), ('other__isnull', False), ('trait', None)), _connector='OR'), name='explanation_of_one_thing'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('trait', 'one', 'other'), name='explanation_once', nulls_distinct=False)],
            },
        ),
    ]
