"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.kernel.clock
import sekisho.market.kernel.ids
import sekisho.market.safety.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Bulk',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('prepared', 'prepared'), ('dropped', 'dropped'), ('running', 'running'), ('done', 'done'), ('undoing', 'undoing'), ('undone', 'undone')], default=sekisho.market.safety.states.BulkState['PREPARED'], max_length=10)),
                ('due_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('decision', models.JSONField()),
                ('because', models.TextField(max_length=1000)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('matter', models.UUIDField()),
                ('state', models.CharField(choices=[('open', 'open'), ('second', 'second'), ('decided', 'decided'), ('reversed', 'reversed'), ('cleared', 'cleared'), ('merged', 'merged')], default=sekisho.market.safety.states.CaseState['OPEN'], max_length=10)),
                ('due_at', models.DateTimeField(null=True)),
                ('category', models.CharField(max_length=40)),
                ('severity', models.PositiveSmallIntegerField(default=1)),
                ('points', models.IntegerField(default=0)),
                ('reasons', models.JSONField(default=list)),
                ('rank', models.FloatField(default=0)),
                ('yen', models.BigIntegerField(default=0)),
                ('opened_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('first_look_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('escalated', models.PositiveSmallIntegerField(default=0)),
                ('held_until', models.DateTimeField(null=True)),
                ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='safety.case')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='CaseNote',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(max_length=5000)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='safety.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CaseSource',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('ref', models.UUIDField()),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('told_by', models.UUIDField(null=True)),
                ('deal', models.UUIDField(null=True)),
                ('judgement', models.UUIDField(null=True)),
                ('category', models.CharField(max_length=40)),
                ('facts', models.JSONField(default=dict)),
                ('settled', models.CharField(blank=True, max_length=12)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='safety.case')),
            ],
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('how', models.CharField(max_length=10)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('until', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='safety.case')),
                ('moderator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('done', 'done'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn'), ('reversed', 'reversed')], max_length=10)),
                ('due_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('alone', models.BooleanField(default=False)),
                ('breach', models.BooleanField()),
                ('severity', models.PositiveSmallIntegerField()),
                ('rule', models.CharField(max_length=60)),
                ('pack', models.CharField(max_length=80)),
                ('evidence', models.JSONField(default=list)),
                ('measures', models.JSONField(default=list)),
                ('proposal', models.JSONField(default=dict)),
                ('public_reason', models.TextField(max_length=5000)),
                ('private_note', models.TextField(blank=True, max_length=5000)),
                ('done_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='safety.case')),
                ('decider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='BulkCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('came_to', models.CharField(blank=True, max_length=40)),
                ('bulk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='safety.bulk')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='safety.case')),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='safety.decision')),
            ],
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('order', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('thing', models.CharField(blank=True, max_length=20)),
                ('thing_id', models.UUIDField(null=True)),
                ('facts', models.JSONField(default=dict)),
                ('before', models.JSONField(default=dict)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('left', models.JSONField(default=list)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='done', to='safety.decision')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reasons',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('lang', models.CharField(max_length=2)),
                ('content', models.JSONField()),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reasons', to='safety.decision')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('state', models.CharField(choices=[('received', 'received'), ('withdrawn', 'withdrawn'), ('merged', 'merged'), ('upheld', 'upheld'), ('dismissed', 'dismissed')], default=sekisho.market.safety.states.ReportState['RECEIVED'], max_length=10)),
                ('about', models.CharField(max_length=20)),
                ('about_id', models.UUIDField()),
                ('deal', models.UUIDField(null=True)),
                ('matter', models.UUIDField()),
                ('category', models.CharField(max_length=40)),
                ('stage', models.CharField(blank=True, max_length=20)),
                ('methods', models.JSONField(default=list)),
                ('text', models.TextField(blank=True, max_length=5000)),
                ('happened_on', models.DateField(null=True)),
                ('answered', models.BooleanField(default=False)),
                ('freeze_asked', models.BooleanField(default=False)),
                ('gave', models.JSONField(default=list)),
                ('ended_at', models.DateTimeField(null=True)),
                ('bad_faith', models.BooleanField(default=False)),
                ('helped', models.BooleanField(null=True)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='safety.case')),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='safety.report')),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=10)),
                ('ref', models.UUIDField(null=True)),
                ('digest', models.BinaryField(max_length=32)),
                ('text', models.TextField(blank=True)),
                ('tool', models.CharField(blank=True, max_length=40)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='safety.report')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('filed', 'filed'), ('upheld', 'upheld'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn')], default=sekisho.market.safety.states.AppealState['FILED'], max_length=10)),
                ('due_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('text', models.TextField(max_length=5000)),
                ('reason', models.TextField(blank=True, max_length=5000)),
                ('ended_at', models.DateTimeField(null=True)),
                ('escalated', models.PositiveSmallIntegerField(default=0)),
                ('left', models.JSONField(default=list)),
                ('appellant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decider', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='safety.decision')),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='safety.report')),
            ],
        ),
        migrations.CreateModel(
            name='Sanction',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('state', models.CharField(choices=[('holds', 'holds'), ('expired', 'expired'), ('lifted', 'lifted')], default=sekisho.market.safety.states.SanctionState['HOLDS'], max_length=8)),
                ('due_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('until', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sanctions', to='safety.decision')),
            ],
        ),
        migrations.CreateModel(
            name='Strike',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('severity', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='strike', to='safety.decision')),
            ],
        ),
        migrations.AddIndex(
            model_name='bulk',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='bulk_due'),
        ),
        migrations.AddIndex(
            model_name='bulk',
            index=models.Index(fields=['-at'], name='safety_bulk_at_07e251_idx'),
        ),
        migrations.AddConstraint(
            model_name='bulk',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'dropped', 'running', 'done', 'undoing', 'undone'])), name='bulk_state'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ('open', 'second'))), fields=['-rank', 'id'], name='case_queue'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='case_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['subject', '-opened_at'], name='safety_case_subject_c1fc10_idx'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['matter'], name='safety_case_matter_bcb414_idx'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('holder__isnull', False)), fields=['holder', 'held_until'], name='case_held'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'second', 'decided', 'reversed', 'cleared', 'merged'])), name='case_state'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('open', 'second'))), fields=('subject', 'matter'), name='case_one_open'),
        ),
        migrations.AddIndex(
            model_name='casesource',
            index=models.Index(fields=['case', 'at'], name='safety_case_case_id_819e83_idx'),
        ),
        migrations.AddIndex(
            model_name='casesource',
            index=models.Index(fields=['told_by'], name='safety_case_told_by_72bec0_idx'),
        ),
        migrations.AddConstraint(
            model_name='casesource',
            constraint=models.UniqueConstraint(fields=('kind', 'ref'), name='case_source_once'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['case', '-at'], name='safety_deci_case_id_6904f4_idx'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['decider', '-at'], name='safety_deci_decider_daee39_idx'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='decision_due'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'done', 'rejected', 'withdrawn', 'reversed'])), name='decision_state'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('case',), name='decision_one_waits'),
        ),
        migrations.AddIndex(
            model_name='bulkcase',
            index=models.Index(fields=['bulk', 'came_to'], name='safety_bulk_bulk_id_abfc00_idx'),
        ),
        migrations.AddConstraint(
            model_name='bulkcase',
            constraint=models.UniqueConstraint(fields=('bulk', 'case'), name='bulk_case_once'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['reporter', '-at'], name='safety_repo_reporte_bdbdd4_idx'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['subject', '-at'], name='safety_repo_subject_e7fa5c_idx'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['case'], name='safety_repo_case_id_b4d17b_idx'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'withdrawn', 'merged', 'upheld', 'dismissed'])), name='report_state'),
        ),
        migrations.AddIndex(
            model_name='appeal',
            index=models.Index(fields=['state', 'at'], name='safety_appe_state_a45885_idx'),
        ),
        migrations.AddIndex(
            model_name='appeal',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='appeal_due'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['filed', 'upheld', 'rejected', 'withdrawn'])), name='appeal_state'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.UniqueConstraint(fields=('decision', 'appellant'), name='appeal_once'),
        ),
        migrations.AddIndex(
            model_name='sanction',
            index=models.Index(condition=models.Q(('state', 'holds')), fields=['account'], name='sanction_holds'),
        ),
        migrations.AddIndex(
            model_name='sanction',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='sanction_due'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['holds', 'expired', 'lifted'])), name='sanction_state'),
        ),
        migrations.AddIndex(
            model_name='strike',
            index=models.Index(fields=['account', 'expires_at'], name='safety_stri_account_dd823c_idx'),
        ),
    ]
