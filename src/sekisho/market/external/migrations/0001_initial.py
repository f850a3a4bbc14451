"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.kernel.clock
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
            name='ExternalDeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.UUIDField()),
                ('external', models.CharField(max_length=100)),
                ('made_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('deal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deals.deal')),
            ],
        ),
        migrations.CreateModel(
            name='ExternalEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external', models.CharField(max_length=100)),
                ('body', models.BinaryField(max_length=32)),
                ('stage', models.CharField(max_length=20)),
                ('approved_tools', models.JSONField(default=list)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deals.event')),
                ('judgement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.judgement')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='external.externaldeal')),
            ],
        ),
        migrations.CreateModel(
            name='ExternalParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.UUIDField()),
                ('external', models.CharField(max_length=100)),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='externaldeal',
            constraint=models.UniqueConstraint(fields=('source', 'external'), name='external_deal_once'),
        ),
        migrations.AddConstraint(
            model_name='externalevent',
            constraint=models.UniqueConstraint(fields=('of', 'external'), name='external_event_once'),
        ),
        migrations.AddConstraint(
            model_name='externalparty',
            constraint=models.UniqueConstraint(fields=('source', 'external'), name='external_party_once'),
        ),
    ]
