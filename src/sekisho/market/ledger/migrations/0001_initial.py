"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.kernel.clock
import sekisho.market.kernel.ids
import sekisho.market.kernel.sealing
import sekisho.market.ledger.purposes
import sekisho.market.ledger.states
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
            name='DepositReference',
            fields=[
                ('client', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('code', models.CharField(max_length=12, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='PayoutBatch',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('by', models.UUIDField()),
                ('count', models.PositiveIntegerField()),
                ('total', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StatementImport',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('by', models.UUIDField()),
                ('name', models.CharField(blank=True, max_length=120)),
                ('digest', models.BinaryField(max_length=32)),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('sealed', sekisho.market.kernel.sealing.Sealed()),
                ('made_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='LedgerAccount',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('bank', 'bank'), ('suspense', 'suspense'), ('client', 'client'), ('escrow', 'escrow'), ('worker', 'worker'), ('payout', 'payout'), ('fee', 'fee'), ('fee_tax', 'fee_tax')], max_length=12)),
                ('owner', models.UUIDField(null=True)),
                ('balance', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'owner'), name='ledger_account_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('kind', sekisho.market.ledger.purposes.Kind['BANK']), ('balance__gte', 0), _connector='OR'), name='ledger_balance_floor')],
            },
        ),
        migrations.CreateModel(
            name='Payout',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('worker', models.UUIDField()),
                ('amount', models.BigIntegerField()),
                ('state', models.CharField(choices=[('asked', 'asked'), ('sent', 'sent'), ('paid', 'paid'), ('failed', 'failed'), ('cancelled', 'cancelled'), ('returned', 'returned')], default=sekisho.market.ledger.states.PayoutState['ASKED'], max_length=9)),
                ('code', models.CharField(max_length=12, unique=True)),
                ('hold_until', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.bankaccount')),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='ledger.payoutbatch')),
            ],
        ),
        migrations.CreateModel(
            name='StatementRow',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('line', models.PositiveIntegerField()),
                ('date', models.DateField()),
                ('incoming', models.BooleanField()),
                ('amount', models.BigIntegerField()),
                ('text', models.CharField(blank=True, max_length=200)),
                ('fingerprint', models.CharField(max_length=90)),
                ('outcome', models.CharField(choices=[('credited', 'credited'), ('suspense', 'suspense'), ('duplicate', 'duplicate'), ('by_hand', 'by_hand'), ('payout_paid', 'payout_paid'), ('payout_failed', 'payout_failed'), ('payout_returned', 'payout_returned'), ('conflict', 'conflict'), ('other', 'other')], max_length=16)),
                ('subject', models.UUIDField(null=True)),
                ('duplicate_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.statementrow')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='ledger.statementimport')),
            ],
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('amount', models.BigIntegerField()),
                ('purpose', models.CharField(max_length=20)),
                ('matter', models.UUIDField(null=True)),
                ('batch', models.UUIDField()),
                ('legs', models.PositiveSmallIntegerField()),
                ('key', models.CharField(max_length=120)),
                ('credit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.ledgeraccount')),
                ('debit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.ledgeraccount')),
            ],
        ),
        migrations.CreateModel(
            name='Unmatched',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('amount', models.BigIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('assigned', 'assigned'), ('returned', 'returned')], default=sekisho.market.ledger.states.UnmatchedState['WAITING'], max_length=8)),
                ('ended_at', models.DateTimeField(null=True)),
                ('client', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('row', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='unmatched', to='ledger.statementrow')),
            ],
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('worker',), name='bank_account_one_live'),
        ),
        migrations.AddIndex(
            model_name='payout',
            index=models.Index(fields=['worker', '-asked_at'], name='ledger_payo_worker_3e4efe_idx'),
        ),
        migrations.AddIndex(
            model_name='payout',
            index=models.Index(condition=models.Q(('state', sekisho.market.ledger.states.PayoutState['ASKED'])), fields=['asked_at'], name='payout_waiting'),
        ),
        migrations.AddConstraint(
            model_name='payout',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'sent', 'paid', 'failed', 'cancelled', 'returned'])), name='payout_state'),
        ),
        migrations.AddConstraint(
            model_name='payout',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payout_amount'),
        ),
        migrations.AddConstraint(
            model_name='statementrow',
            constraint=models.UniqueConstraint(condition=models.Q(('duplicate_of', None)), fields=('fingerprint',), name='statement_row_once'),
        ),
        migrations.AddConstraint(
            model_name='statementrow',
            constraint=models.UniqueConstraint(fields=('statement', 'line'), name='statement_line_once'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['debit', 'at'], name='ledger_tran_debit_i_1636d1_idx'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['credit', 'at'], name='ledger_tran_credit__3a9eef_idx'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['matter'], name='ledger_tran_matter_bc0b23_idx'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='transfer_amount'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='transfer_two_accounts'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(fields=('key',), name='transfer_key_once'),
        ),
        migrations.AddConstraint(
            model_name='unmatched',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'assigned', 'returned'])), name='unmatched_state'),
        ),
    ]
