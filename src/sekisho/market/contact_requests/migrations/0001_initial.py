"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.contact_requests.states
import sekisho.market.kernel.clock
import sekisho.market.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contracts', '0001_initial'),
        ('deals', '0001_initial'),
        ('judging', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactRequest',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('asker', models.CharField(max_length=6)),
                ('tools', models.JSONField()),
                ('purpose', models.TextField(max_length=1000)),
                ('state', models.CharField(choices=[('returned', 'returned'), ('held', 'held'), ('asked', 'asked'), ('half_approved', 'half_approved'), ('approved', 'approved'), ('paused', 'paused'), ('declined', 'declined'), ('withdrawn', 'withdrawn'), ('withheld', 'withheld'), ('expired', 'expired'), ('ended', 'ended')], default=sekisho.market.contact_requests.states.RequestState['ASKED'], max_length=14)),
                ('due_at', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('answered_at', models.DateTimeField(null=True)),
                ('half_by', models.CharField(blank=True, max_length=12)),
                ('early', models.BooleanField(default=False)),
                ('announced', models.BooleanField(default=False)),
                ('contract', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract')),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deals.deal')),
                ('judgement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.judgement')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='contact_request_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['returned', 'held', 'asked', 'half_approved', 'approved', 'paused', 'declined', 'withdrawn', 'withheld', 'expired', 'ended'])), name='contact_request_state'), models.UniqueConstraint(condition=models.Q(('state__in', ['held', 'asked', 'half_approved'])), fields=('deal',), name='contact_request_one_waits')],
            },
        ),
    ]
