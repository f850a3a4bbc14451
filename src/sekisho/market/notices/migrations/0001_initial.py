"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.kernel.clock
import sekisho.market.kernel.ids
import sekisho.market.notices.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('to', models.CharField(max_length=254)),
                ('subject', models.CharField(max_length=300)),
                ('body', models.TextField()),
                ('about', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('sent_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Endpoint',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('url', models.CharField(max_length=500)),
                ('topics', models.JSONField(default=list)),
                ('salt', models.BinaryField(max_length=32)),
                ('made_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('failing_since', models.DateTimeField(null=True)),
                ('quiet_until', models.DateTimeField(null=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('topic', models.CharField(max_length=60)),
                ('body', models.TextField()),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('delivered', 'delivered'), ('failed', 'failed')], default=sekisho.market.notices.models.DeliveryState['WAITING'], max_length=10)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('made_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('next_at', models.DateTimeField(default=sekisho.market.kernel.clock.now, null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=200)),
                ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='notices.endpoint')),
            ],
            options={
                'indexes': [models.Index(fields=['endpoint', '-made_at'], name='notices_del_endpoin_573c4e_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'delivered', 'failed'])), name='webhook_delivery_state')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('topic', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('body', models.TextField(blank=True)),
                ('link', models.CharField(blank=True, max_length=200)),
                ('about', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-at'], name='notices_not_account_68ea65_idx')],
            },
        ),
    ]
