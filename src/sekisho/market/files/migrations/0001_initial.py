"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.files.models
import sekisho.market.kernel.clock
import sekisho.market.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='FileReading',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('content', models.JSONField(null=True)),
                ('not_read', models.CharField(blank=True, max_length=20)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('owner', models.UUIDField()),
                ('purpose', models.CharField(max_length=12)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('type', models.CharField(max_length=80)),
                ('size', models.BigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('metadata', models.CharField(max_length=8)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('topic', models.CharField(blank=True, max_length=20)),
                ('about', models.UUIDField(null=True)),
                ('due_at', models.DateTimeField(default=sekisho.market.files.models._unused_after, null=True)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['owner', '-at'], name='files_uploa_owner_2dfdaa_idx'), models.Index(fields=['sha256'], name='files_uploa_sha256_ca58f8_idx'), models.Index(fields=['about'], name='files_uploa_about_3bd3ee_idx'), models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='upload_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='upload_size'), models.CheckConstraint(condition=models.Q(models.Q(('about', None), ('topic', '')), models.Q(('about__isnull', False), ('due_at', None), models.Q(('topic', ''), _negated=True)), _connector='OR'), name='upload_attached')],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reader', models.UUIDField()),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='files.upload')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('upload', 'reader'), name='share_once')],
            },
        ),
    ]
