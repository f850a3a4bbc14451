"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.kernel.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('digest', models.BinaryField(max_length=32)),
                ('at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('last_at', models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ('times', models.PositiveIntegerField(default=1)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('digest', 'account'), name='sighting_once')],
            },
        ),
    ]
