"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.kernel.clock
import sekisho.market.kernel.ids
import sekisho.market.personal_data.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contracts', '0001_initial'),
        ('deals', '0001_initial'),
        ('judging', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonalDataRequest',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kinds', models.JSONField()),
                ('purpose', models.TextField(max_length=1000)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('refused', 'refused'), ('approved', 'approved'), ('declined', 'declined'), ('withdrawn', 'withdrawn'), ('expired', 'expired'), ('ended', 'ended')], default=sekisho.market.personal_data.states.DataState['ASKED'], max_length=10)),
                ('due_at', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('answered_at', models.DateTimeField(null=True)),
                ('contract', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract')),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deals.deal')),
                ('judgement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='judging.judgement')),
            ],
        ),
        migrations.CreateModel(
            name='DataAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kinds', models.JSONField()),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accesses', to='personal_data.personaldatarequest')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PersonalDatum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('value', models.TextField(max_length=500)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data', to='personal_data.personaldatarequest')),
            ],
        ),
        migrations.AddIndex(
            model_name='personaldatarequest',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='personal_data_due'),
        ),
        migrations.AddConstraint(
            model_name='personaldatarequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'refused', 'approved', 'declined', 'withdrawn', 'expired', 'ended'])), name='personal_data_state'),
        ),
        migrations.AddConstraint(
            model_name='personaldatarequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('deal',), name='personal_data_one_waits'),
        ),
        migrations.AddConstraint(
            model_name='personaldatum',
            constraint=models.UniqueConstraint(fields=('request', 'kind'), name='personal_datum_once'),
        ),
    ]
