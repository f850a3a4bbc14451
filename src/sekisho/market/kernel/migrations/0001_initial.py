"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.kernel.clock
import sekisho.market.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('actor', models.UUIDField(null=True)),
                ('actor_name', models.CharField(max_length=100)),
                ('action', models.CharField(max_length=60)),
                ('thing', models.CharField(blank=True, max_length=40)),
                ('thing_id', models.UUIDField(null=True)),
                ('because', models.TextField(blank=True)),
                ('parent', models.UUIDField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['thing', 'thing_id', 'at'], name='kernel_audi_thing_815890_idx'), models.Index(fields=['actor', 'at'], name='kernel_audi_actor_3aa6ea_idx')],
            },
        ),
        migrations.CreateModel(
            name='AuditSeal',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('previous', models.BinaryField(max_length=32)),
                ('digest', models.BinaryField(max_length=32)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='kernel.auditentry')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Bucket',
            fields=[
                ('key', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('level', models.FloatField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='kernel_buck_at_1eee43_idx')],
            },
        ),
        migrations.CreateModel(
            name='IdempotencyKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor', models.UUIDField(null=True)),
                ('key', models.CharField(max_length=200)),
                ('action', models.CharField(max_length=60)),
                ('body', models.BinaryField(max_length=32)),
                ('result_model', models.CharField(blank=True, max_length=100)),
                ('result_id', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('actor', 'key'), name='idempotency_key_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='OutboxRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('topic', models.CharField(max_length=60)),
                ('handler', models.CharField(max_length=120)),
                ('payload', models.JSONField()),
                ('made_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('due_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('done_at', models.DateTimeField(null=True)),
                ('dead_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('dead_at', None), ('done_at', None)), fields=['due_at'], name='outbox_waiting')],
            },
        ),
    ]
