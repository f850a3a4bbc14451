"""The first tables of the room."""

import django.db.models.deletion
import django.db.models.functions.text
import sekisho.market.kernel.actors
import sekisho.market.kernel.clock
import sekisho.market.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('display_name', models.CharField(max_length=60)),
                ('lang', models.CharField(default='ja', max_length=2)),
                ('is_client', models.BooleanField(default=False)),
                ('is_worker', models.BooleanField(default=True)),
                ('is_moderator', models.BooleanField(default=False)),
                ('is_operator', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('standing', models.CharField(choices=[('good', 'good'), ('warned', 'warned'), ('posting_paused', 'posting_paused'), ('suspended', 'suspended'), ('banned', 'banned')], default=sekisho.market.kernel.actors.Standing['GOOD'], max_length=20)),
                ('standing_epoch', models.PositiveIntegerField(default=0)),
                ('identity_verified_at', models.DateTimeField(null=True)),
                ('registered_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('deletion_asked_at', models.DateTimeField(null=True)),
                ('deleted_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.UUIDField(default=sekisho.market.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('scopes', models.JSONField(default=list)),
                ('made_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('last_used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Departed',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('email', models.CharField(max_length=254)),
                ('display_name', models.CharField(max_length=60)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('due_at', models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name='account',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='account_due'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='account_email_lower'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('standing__in', ['good', 'warned', 'posting_paused', 'suspended', 'banned'])), name='account_standing'),
        ),
        migrations.AddField(
            model_name='block',
            name='blocked',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='block',
            name='blocker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='token',
            name='account',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='departed',
            index=models.Index(fields=['due_at'], name='people_depa_due_at_674b1b_idx'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.UniqueConstraint(fields=('blocker', 'blocked'), name='block_once'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.CheckConstraint(condition=models.Q(('blocker', models.F('blocked')), _negated=True), name='block_not_self'),
        ),
    ]
