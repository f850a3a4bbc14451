"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.jobs.states
import sekisho.market.kernel.clock
import sekisho.market.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('deals', '0001_initial'),
        ('judging', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('screening', 'screening'), ('open', 'open'), ('paused', 'paused'), ('closed', 'closed'), ('removed', 'removed')], default=sekisho.market.jobs.states.JobState['DRAFT'], max_length=12)),
                ('due_at', models.DateTimeField(null=True)),
                ('title', models.CharField(max_length=120)),
                ('body', models.TextField(max_length=10000)),
                ('category', models.CharField(max_length=40)),
                ('pay_text', models.CharField(max_length=120)),
                ('pay_unit', models.CharField(blank=True, max_length=10)),
                ('pay_least', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('pay_most', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('questions', models.JSONField(default=list)),
                ('closes_on', models.DateField(null=True)),
                ('because', models.TextField(blank=True, max_length=1000)),
                ('made_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('opened_at', models.DateTimeField(null=True)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('judgement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.judgement')),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('sent', 'sent'), ('muted', 'muted'), ('taken_up', 'taken_up'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('muted', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='jobs.job')),
            ],
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('returned', 'returned'), ('held', 'held'), ('withheld', 'withheld'), ('submitted', 'submitted'), ('withdrawn', 'withdrawn'), ('declined', 'declined'), ('chosen', 'chosen')], default=sekisho.market.jobs.states.ApplicationState['SUBMITTED'], max_length=10)),
                ('due_at', models.DateTimeField(null=True)),
                ('text', models.TextField(max_length=5000)),
                ('price_yen', models.BigIntegerField(null=True)),
                ('answers', models.JSONField(default=list)),
                ('warned', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('deal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deals.deal')),
                ('judgement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.judgement')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='jobs.job')),
            ],
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('held', 'held'), ('shown', 'shown'), ('sent_back', 'sent_back'), ('dropped', 'dropped')], max_length=10)),
                ('due_at', models.DateTimeField(null=True)),
                ('content', models.JSONField()),
                ('because', models.TextField(blank=True, max_length=1000)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='jobs.job')),
                ('judgement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.judgement')),
            ],
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['state', '-opened_at'], name='jobs_job_state_34ec3c_idx'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['client', '-made_at'], name='jobs_job_client__36d14d_idx'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='job_due'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['state', 'category', '-opened_at'], name='jobs_job_state_b3c236_idx'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['-made_at', '-id'], name='jobs_job_made_at_74f0c2_idx'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'screening', 'open', 'paused', 'closed', 'removed'])), name='job_state'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['sent', 'muted', 'taken_up', 'declined', 'withdrawn'])), name='invitation_state'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('job', 'worker'), name='invitation_once'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['worker', '-at'], name='jobs_applic_worker__b783a7_idx'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='application_due'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['returned', 'held', 'withheld', 'submitted', 'withdrawn', 'declined', 'chosen'])), name='application_state'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['returned', 'withheld']), _negated=True), fields=('job', 'worker'), name='application_once'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='revision_due'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['held', 'shown', 'sent_back', 'dropped'])), name='revision_state'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'held')), fields=('job',), name='revision_one_waits'),
        ),
    ]
