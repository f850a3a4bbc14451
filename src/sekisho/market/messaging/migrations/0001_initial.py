"""The first tables of the room."""

import django.db.models.deletion
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
            name='Message',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('delivered', 'delivered'), ('nudged', 'nudged'), ('held', 'held'), ('refused', 'refused'), ('muted', 'muted'), ('withheld', 'withheld')], max_length=10)),
                ('text', models.TextField(blank=True, max_length=10000)),
                ('warned', models.BooleanField(default=False)),
                ('general', models.BooleanField(default=False)),
                ('anyway', models.BooleanField(default=False)),
                ('not_read', models.JSONField(default=dict)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('held_at', models.DateTimeField(null=True)),
                ('held_minutes', models.PositiveIntegerField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('overdue', models.BooleanField(default=False)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deals.deal')),
                ('event', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deals.event')),
                ('judgement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.judgement')),
            ],
            options={
                'indexes': [models.Index(fields=['deal', 'at'], name='messaging_m_deal_id_113489_idx'), models.Index(fields=['author', '-at'], name='messaging_m_author__1770c1_idx'), models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='message_due'), models.Index(condition=models.Q(('state', 'held')), fields=['held_at'], name='message_held')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['delivered', 'nudged', 'held', 'refused', 'muted', 'withheld'])), name='message_state'), models.CheckConstraint(condition=models.Q(models.Q(('event__isnull', False), ('state__in', ['delivered', 'muted'])), models.Q(models.Q(('state__in', ['delivered', 'muted']), _negated=True), ('event', None)), _connector='OR'), name='message_event')],
            },
        ),
    ]
