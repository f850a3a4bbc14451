"""The first tables of the room."""

import django.db.models.deletion
import sekisho.market.exposure.states
import sekisho.market.kernel.clock
import sekisho.market.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("deals", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Exposure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sekisho.market.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("kept", "kept"), ("leaving", "leaving"), ("erased", "erased")],
                        default=sekisho.market.exposure.states.ExposureState["KEPT"],
                        max_length=8,
                    ),
                ),
                ("due_at", models.DateTimeField(null=True)),
                ("title", models.CharField(blank=True, max_length=80)),
                ("story", models.TextField(blank=True, max_length=2000)),
                ("made_at", models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ("amended_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attached",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deals.event"
                    ),
                ),
                (
                    "exposure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attached",
                        to="exposure.exposure",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Given",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("on", models.DateField(null=True)),
                ("tool", models.CharField(blank=True, max_length=16)),
                ("to_words", models.CharField(blank=True, max_length=80)),
                ("amount_yen", models.BigIntegerField(null=True)),
                (
                    "exposure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="given",
                        to="exposure.exposure",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["exposure", "number"],
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("matter", models.UUIDField(db_index=True)),
                ("at", models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "exposure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="exposure.exposure",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ticked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=sekisho.market.kernel.clock.now)),
                (
                    "exposure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ticked",
                        to="exposure.exposure",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="exposure",
            index=models.Index(fields=["account", "-made_at"], name="exposure_ex_account_b96232_idx"),
        ),
        migrations.AddIndex(
            model_name="exposure",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="exposure_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="exposure",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["kept", "leaving", "erased"])), name="exposure_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="attached",
            constraint=models.UniqueConstraint(fields=("exposure", "event"), name="exposure_attached_once"),
        ),
        migrations.AddConstraint(
            model_name="given",
            constraint=models.UniqueConstraint(fields=("exposure", "number"), name="given_number_once"),
        ),
        migrations.AddConstraint(
            model_name="given",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "real_name",
                            "address",
                            "phone",
                            "email",
                            "bank",
                            "my_number",
                            "id_document",
                            "money",
                        ],
                    )
                ),
                name="given_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="given",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount_yen__gt", 0), ("kind", "money")),
                    models.Q(models.Q(("kind", "money"), _negated=True), ("amount_yen", None)),
                    _connector="OR",
                ),
                name="given_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("exposure", "matter"),
                name="exposure_share_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticked",
            constraint=models.UniqueConstraint(fields=("exposure", "step"), name="exposure_ticked_once"),
        ),
    ]
