"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.contracts.states
import sekisho.market.kernel.clock
import sekisho.market.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('deals', '0001_initial'),
        ('judging', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('returned', 'returned'), ('offered', 'offered'), ('agreed', 'agreed'), ('funded', 'funded'), ('delivered', 'delivered'), ('completed', 'completed'), ('disputed', 'disputed'), ('cancelled', 'cancelled'), ('declined', 'declined'), ('withdrawn', 'withdrawn'), ('lapsed', 'lapsed')], default=sekisho.market.contracts.states.ContractState['OFFERED'], max_length=12)),
                ('due_at', models.DateTimeField(null=True)),
                ('title', models.CharField(max_length=120)),
                ('terms', models.TextField(max_length=10000)),
                ('deadline', models.DateField(null=True)),
                ('price_yen', models.BigIntegerField()),
                ('funded_yen', models.BigIntegerField()),
                ('fee_table', models.CharField(max_length=20)),
                ('warned', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('funded_at', models.DateTimeField(null=True)),
                ('first_delivered_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('send_backs', models.PositiveIntegerField(default=0)),
                ('frozen_side', models.CharField(blank=True, max_length=8)),
                ('frozen_by', models.UUIDField(null=True)),
                ('frozen_seconds', models.PositiveIntegerField(null=True)),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deals.deal')),
                ('judgement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.judgement')),
            ],
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(blank=True, max_length=8)),
                ('due_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('evidence', 'evidence'), ('waiting', 'waiting'), ('proposed', 'proposed'), ('decision', 'decision'), ('agreed', 'agreed'), ('conceded', 'conceded'), ('paid_by_silence', 'paid_by_silence'), ('decided', 'decided')], default=sekisho.market.contracts.states.DisputeState['EVIDENCE'], max_length=16)),
                ('to_worker', models.BigIntegerField(null=True)),
                ('proposed_by', models.UUIDField(null=True)),
                ('because', models.TextField(blank=True, max_length=5000)),
                ('accepted_by', models.CharField(blank=True, max_length=6)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract')),
            ],
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(max_length=20)),
                ('thing_id', models.UUIDField()),
                ('wait', models.CharField(max_length=20)),
                ('days', models.PositiveSmallIntegerField()),
                ('ends_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('told_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='reminder_due')],
                'constraints': [models.UniqueConstraint(fields=('thing_id', 'ends_at', 'days'), name='reminder_once')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(blank=True, max_length=8)),
                ('due_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('shown', 'shown'), ('hidden', 'hidden'), ('withheld', 'withheld')], max_length=10)),
                ('author', models.UUIDField()),
                ('stars', models.PositiveSmallIntegerField()),
                ('text', models.TextField(blank=True, max_length=1000)),
                ('why', models.CharField(blank=True, max_length=20)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract')),
                ('judgement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.judgement')),
            ],
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(blank=True, max_length=8)),
                ('due_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('waiting', 'waiting'), ('done', 'done'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn'), ('reversed', 'reversed')], default=sekisho.market.contracts.states.SettlementState['PROPOSED'], max_length=10)),
                ('to_worker', models.BigIntegerField()),
                ('because', models.TextField(max_length=5000)),
                ('proposer', models.UUIDField()),
                ('second', models.UUIDField(null=True)),
                ('alone', models.BooleanField(default=False)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract')),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.dispute')),
            ],
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(blank=True, max_length=8)),
                ('due_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('shown', 'shown'), ('held', 'held'), ('withheld', 'withheld')], max_length=10)),
                ('kind', models.CharField(max_length=12)),
                ('text', models.TextField(max_length=5000)),
                ('author', models.UUIDField()),
                ('warned', models.BooleanField(default=False)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract')),
                ('judgement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.judgement')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='contracts.contract')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.statement')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(blank=True, max_length=8)),
                ('due_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('agreed', 'agreed'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('lapsed', 'lapsed')], default=sekisho.market.contracts.states.ChangeState['PROPOSED'], max_length=10)),
                ('kind', models.CharField(default='change', max_length=20)),
                ('terms', models.TextField(max_length=10000)),
                ('deadline', models.DateField(null=True)),
                ('agreed_on', models.DateField(null=True)),
                ('tool', models.CharField(blank=True, max_length=40)),
                ('file', models.UUIDField(null=True)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.statement')),
            ],
        ),
        migrations.CreateModel(
            name='Termination',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(blank=True, max_length=8)),
                ('due_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('agreed', 'agreed'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('lapsed', 'lapsed')], default=sekisho.market.contracts.states.TerminationState['ASKED'], max_length=10)),
                ('reason', models.CharField(max_length=20)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.statement')),
            ],
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['deal', '-made_at'], name='contracts_c_deal_id_d0b6f9_idx'),
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='contract_due'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['returned', 'offered', 'agreed', 'funded', 'delivered', 'completed', 'disputed', 'cancelled', 'declined', 'withdrawn', 'lapsed'])), name='contract_state'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('funded_yen__gte', models.F('price_yen')), ('price_yen__gt', 0)), name='contract_price'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.UniqueConstraint(fields=('deal', 'number'), name='contract_number_once'),
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='dispute_due'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['evidence', 'waiting', 'proposed', 'decision', 'agreed', 'conceded', 'paid_by_silence', 'decided'])), name='dispute_state'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.UniqueConstraint(fields=('contract',), name='dispute_once'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='review_due'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['shown', 'hidden', 'withheld'])), name='review_state'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('contract', 'side'), name='review_once'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('stars__gte', 1), ('stars__lte', 5)), name='review_stars'),
        ),
        migrations.AddIndex(
            model_name='settlement',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='settlement_due'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'waiting', 'done', 'rejected', 'withdrawn', 'reversed'])), name='settlement_state'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('dispute',), name='settlement_one_waits'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(('second', None), models.Q(('second', models.F('proposer')), _negated=True), _connector='OR'), name='settlement_two_people'),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(fields=['contract', 'at'], name='contracts_s_contrac_d9e041_idx'),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='statement_due'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['shown', 'held', 'withheld'])), name='statement_state'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='change_due'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'agreed', 'refused', 'withdrawn', 'lapsed'])), name='change_state'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('contract',), name='change_one_waits'),
        ),
        migrations.AddIndex(
            model_name='termination',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='termination_due'),
        ),
        migrations.AddConstraint(
            model_name='termination',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'agreed', 'refused', 'withdrawn', 'lapsed'])), name='termination_state'),
        ),
        migrations.AddConstraint(
            model_name='termination',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('contract',), name='termination_one_waits'),
        ),
    ]
