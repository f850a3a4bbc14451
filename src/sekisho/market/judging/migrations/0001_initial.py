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
            name='BackTest',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('running', 'running'), ('done', 'done'), ('failed', 'failed'), ('cancelled', 'cancelled')], default=sekisho.market.judging.states.BackTestState['ASKED'], max_length=10)),
                ('due_at', models.DateTimeField(null=True)),
                ('against', models.CharField(max_length=200)),
                ('against_digest', models.CharField(max_length=80)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('total', models.PositiveBigIntegerField(default=0)),
                ('result', models.JSONField(default=dict)),
                ('asked_by', models.UUIDField()),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True, max_length=1000)),
            ],
        ),
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
        ),
        migrations.CreateModel(
            name='BackTestPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.UUIDField()),
                ('last', models.UUIDField()),
                ('cursor', models.UUIDField(null=True)),
                ('count', models.PositiveBigIntegerField(default=0)),
                ('tally', models.JSONField(default=dict)),
                ('moved_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('done_at', models.DateTimeField(null=True)),
                ('backtest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='judging.backtest')),
            ],
        ),
        migrations.CreateModel(
            name='BackTestExample',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('change', models.CharField(max_length=160)),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('evidence', models.JSONField(default=list)),
                ('contacts', models.JSONField(default=list)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('backtest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='examples', to='judging.backtest')),
                ('judgement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.judgement')),
            ],
        ),
        migrations.CreateModel(
            name='PackVersion',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('shadow', 'shadow'), ('canary', 'canary'), ('live', 'live'), ('retired', 'retired')], default=sekisho.market.judging.states.PackState['DRAFT'], max_length=8)),
                ('pack', models.CharField(max_length=200)),
                ('version', models.CharField(max_length=40)),
                ('digest', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('due_at', models.DateTimeField(null=True)),
                ('percent', models.PositiveSmallIntegerField(default=0)),
                ('canary_at', models.DateTimeField(null=True)),
                ('stopped_because', models.TextField(blank=True, max_length=1000)),
                ('stopped_by_policy', models.JSONField(default=dict)),
                ('live_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='pack_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'shadow', 'canary', 'live', 'retired'])), name='pack_version_state'), models.UniqueConstraint(condition=models.Q(('state__in', ['live', 'shadow', 'canary'])), fields=('state',), name='pack_one_of'), models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='pack_percent')],
            },
        ),
        migrations.AddField(
            model_name='judgement',
            name='canary',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.packversion'),
        ),
        migrations.AddField(
            model_name='backtest',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='backtests', to='judging.packversion'),
        ),
        migrations.CreateModel(
            name='Rescan',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('running', 'running'), ('previewed', 'previewed'), ('telling', 'telling'), ('told', 'told'), ('failed', 'failed'), ('dropped', 'dropped')], default=sekisho.market.judging.states.RescanState['RUNNING'], max_length=10)),
                ('due_at', models.DateTimeField(null=True)),
                ('total', models.PositiveBigIntegerField(default=0)),
                ('count', models.PositiveBigIntegerField(default=0)),
                ('source', models.CharField(blank=True, max_length=40)),
                ('cursor', models.UUIDField(null=True)),
                ('asked_by', models.UUIDField()),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('moved_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True, max_length=1000)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rescans', to='judging.packversion')),
            ],
        ),
        migrations.CreateModel(
            name='RescanFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('subject', models.UUIDField()),
                ('writer', models.UUIDField(null=True)),
                ('verdict', models.CharField(max_length=12)),
                ('rules', models.JSONField(default=list)),
                ('gone', models.BooleanField(default=False)),
                ('judgement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.judgement')),
                ('rescan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='judging.rescan')),
            ],
        ),
        migrations.CreateModel(
            name='RuleOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=120)),
                ('confirmed', models.BooleanField()),
                ('decision', models.UUIDField()),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('judgement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.judgement')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='judging.ruleoutcome')),
            ],
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
        ),
        migrations.CreateModel(
            name='Unmasking',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('by', models.UUIDField()),
                ('purpose', models.TextField(max_length=1000)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('until', models.DateTimeField()),
                ('example', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unmaskings', to='judging.backtestexample')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='backtestexample',
            constraint=models.UniqueConstraint(fields=('backtest', 'judgement'), name='example_once'),
        ),
        migrations.AddIndex(
            model_name='judgement',
            index=models.Index(fields=['writer', '-at'], name='judging_jud_writer_f8e992_idx'),
        ),
        migrations.AddIndex(
            model_name='judgement',
            index=models.Index(fields=['subject'], name='judging_jud_subject_b72ae7_idx'),
        ),
        migrations.AddIndex(
            model_name='judgement',
            index=models.Index(condition=models.Q(('verdict', 'unsure')), fields=['at'], name='judgement_unsure'),
        ),
        migrations.AddIndex(
            model_name='judgement',
            index=models.Index(condition=models.Q(('canary__isnull', False)), fields=['canary', '-at'], name='judgement_canary'),
        ),
        migrations.AddIndex(
            model_name='backtest',
            index=models.Index(fields=['version', '-at'], name='judging_bac_version_a167f0_idx'),
        ),
        migrations.AddIndex(
            model_name='backtest',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='backtest_due'),
        ),
        migrations.AddConstraint(
            model_name='backtest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'running', 'done', 'failed', 'cancelled'])), name='backtest_state'),
        ),
        migrations.AddIndex(
            model_name='rescan',
            index=models.Index(fields=['version', '-at'], name='judging_res_version_7be705_idx'),
        ),
        migrations.AddIndex(
            model_name='rescan',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='rescan_due'),
        ),
        migrations.AddConstraint(
            model_name='rescan',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['running', 'previewed', 'telling', 'told', 'failed', 'dropped'])), name='rescan_state'),
        ),
        migrations.AddConstraint(
            model_name='rescanfinding',
            constraint=models.UniqueConstraint(fields=('rescan', 'source', 'subject'), name='rescan_once'),
        ),
        migrations.AddIndex(
            model_name='ruleoutcome',
            index=models.Index(fields=['at'], name='judging_rul_at_1cfc06_idx'),
        ),
        migrations.AddConstraint(
            model_name='ruleoutcome',
            constraint=models.UniqueConstraint(condition=models.Q(('reverses__isnull', True)), fields=('decision', 'judgement', 'rule'), name='rule_outcome_once'),
        ),
        migrations.AddIndex(
            model_name='shadowjudgement',
            index=models.Index(condition=models.Q(('differs', True)), fields=['version', '-at'], name='shadow_differs'),
        ),
        migrations.AddConstraint(
            model_name='shadowjudgement',
            constraint=models.UniqueConstraint(fields=('judgement', 'version'), name='shadow_once'),
        ),
    ]
