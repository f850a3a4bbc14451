"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.judging.states
import sekisho.market.kernel.clock
import sekisho.market.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('kind', models.CharField(max_length=20)),
                ('subject', models.UUIDField(null=True)),
                ('writer', models.UUIDField(null=True)),
                ('text', models.TextField()),
                ('context', models.JSONField(default=dict)),
                ('pack', models.CharField(max_length=200)),
                ('digest', models.CharField(max_length=80)),
                ('verdict', models.CharField(max_length=12)),
                ('action', models.CharField(max_length=12)),
                ('findings', models.JSONField(default=list)),
                ('unsure', models.JSONField(default=list)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['writer', '-at'], name='judging_jud_writer_f8e992_idx'), models.Index(fields=['subject'], name='judging_jud_subject_b72ae7_idx'), models.Index(condition=models.Q(('verdict', 'unsure')), fields=['at'], name='judgement_unsure')],
            },
        ),
        migrations.CreateModel(
            name='PackVersion',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('shadow', 'shadow'), ('live', 'live'), ('retired', 'retired')], default=sekisho.market.judging.states.PackState['DRAFT'], max_length=8)),
                ('pack', models.CharField(max_length=200)),
                ('version', models.CharField(max_length=40)),
                ('digest', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('live_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'shadow', 'live', 'retired'])), name='pack_version_state'), models.UniqueConstraint(condition=models.Q(('state__in', ['live', 'shadow'])), fields=('state',), name='pack_one_of')],
            },
        ),
        migrations.CreateModel(
            name='ShadowJudgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('digest', models.CharField(max_length=80)),
                ('verdict', models.CharField(max_length=12)),
                ('action', models.CharField(max_length=12)),
                ('findings', models.JSONField(default=list)),
                ('differs', models.BooleanField()),
                ('rules_gained', models.JSONField(default=list)),
                ('rules_lost', models.JSONField(default=list)),
                ('judgement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.judgement')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.packversion')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('differs', True)), fields=['version', '-at'], name='shadow_differs')],
                'constraints': [models.UniqueConstraint(fields=('judgement', 'version'), name='shadow_once')],
            },
        ),
    ]
