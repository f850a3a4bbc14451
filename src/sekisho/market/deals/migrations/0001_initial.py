"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.kernel.clock
import sekisho.market.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('type', models.CharField(max_length=40)),
                ('by', models.CharField(max_length=12)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('commitment', models.BinaryField(max_length=32)),
                ('previous', models.BinaryField(max_length=32)),
                ('digest', models.BinaryField(max_length=32)),
                ('turn', models.PositiveIntegerField(null=True)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['deal', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Deal',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('matter', models.UUIDField(null=True)),
                ('title', models.CharField(max_length=200)),
                ('length', models.PositiveIntegerField(default=0)),
                ('head', models.BinaryField(default=b'\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00', max_length=32)),
                ('state', models.JSONField(default=dict)),
                ('stage', models.CharField(default='pre_contract', max_length=20)),
                ('approved_tools', models.JSONField(default=list)),
                ('pack', models.CharField(blank=True, max_length=200)),
                ('moved_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='body', serialize=False, to='deals.event')),
                ('salt', models.BinaryField(max_length=16)),
                ('content', models.JSONField()),
                ('erased_at', models.DateTimeField(null=True)),
                ('erased_because', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.AddField(
            model_name='event',
            name='deal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='deals.deal'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('deal', 'position'), name='event_position_once'),
        ),
        migrations.AddIndex(
            model_name='deal',
            index=models.Index(fields=['client', '-moved_at'], name='deals_deal_client__5a46d1_idx'),
        ),
        migrations.AddIndex(
            model_name='deal',
            index=models.Index(fields=['worker', '-moved_at'], name='deals_deal_worker__e4eafb_idx'),
        ),
        migrations.AddConstraint(
            model_name='deal',
            constraint=models.UniqueConstraint(fields=('client', 'worker', 'matter'), name='deal_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='deal',
            constraint=models.CheckConstraint(condition=models.Q(('client', models.F('worker')), _negated=True), name='deal_two_people'),
        ),
    ]
