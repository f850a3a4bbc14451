"""What holds for every room of the market at once."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO

from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from sekisho.market.kernel.grants import append_only_tables
from sekisho.market.kernel.permits import TABLE
from sekisho.market.kernel.problems import PROBLEMS
from sekisho.market.kernel.verbs import VERBS

GROUND_UP = (
    "kernel", "files", "people", "linkage", "deals", "judging", "external", "profiles", "jobs", "ledger", "contracts",
    "messaging", "contact_requests", "personal_data", "exposure", "safety", "notices",
)  # fmt: skip


def rooms() -> list[type[models.Model]]:
    """Every model of the market."""
    return [m for m in apps.get_models() if m.__module__.startswith("sekisho.market.")]


def test_foreign_keys_point_down_only() -> None:
    rank = {name: place for place, name in enumerate(GROUND_UP)}
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in rooms()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and (there := field.related_model._meta.app_label) in rank
        and rank.get(model._meta.app_label, 0) < rank[there]
    ]
    assert upward == []


def test_a_foreign_key_to_another_room_leaves_no_name_there() -> None:
    named = [
        f"{model._meta.label}.{field.name}"
        for model in rooms()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.app_label != model._meta.app_label
        and field.remote_field.related_name not in ("+", "profile", "record")
    ]
    assert named == []


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0, stdout=StringIO())


def test_every_verb_has_its_row_in_the_permission_table() -> None:
    assert VERBS.keys() - TABLE.keys() == set()


def test_every_row_of_the_permission_table_is_for_something() -> None:
    read = {"deal.read", "deal.export", "deal.inspect", "judgement.read", "deal.erase_body"}
    assert TABLE.keys() - VERBS.keys() - read == set()


def test_every_problem_speaks_both_languages() -> None:
    assert [code for code, row in PROBLEMS.items() if not row.ja or not row.en or row.ja == row.en] == []


def test_the_application_may_only_add_to_tables_that_are_written_once() -> None:
    wrong = []
    with connection.cursor() as cursor:
        for table in append_only_tables():
            for right in ("UPDATE", "DELETE", "TRUNCATE"):
                cursor.execute("SELECT has_table_privilege(%s, %s)", [table, right])
                if cursor.fetchone()[0]:
                    wrong.append((table, right))
    assert wrong == []


def test_the_settings_of_a_site_that_others_reach_pass_the_deployment_check() -> None:
    environment = os.environ | {
        "SEKISHO_DEBUG": "0", "SEKISHO_BASE_URL": "https://sekisho.example", "SEKISHO_HOSTS": "sekisho.example",
        "SEKISHO_SECRET_KEY": "k" * 30 + "0123456789abcdefghijklmnopqrstuvwxyz", "DATABASE_URL": "postgresql:///unused",
    }  # fmt: skip
    check = "import django; django.setup(); from django.core.management import call_command; "
    check += "call_command('check', deploy=True, fail_level='WARNING')"
    ran = subprocess.run([sys.executable, "-c", check], env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr[-2000:]) == (0, "")


def test_a_site_that_others_reach_does_not_start_without_a_key_of_its_own() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "SEKISHO_SECRET_KEY"}
    environment |= {"SEKISHO_BASE_URL": "https://sekisho.example", "DATABASE_URL": "postgresql:///unused"}
    code = "from sekisho.config.site import NoSecret, _own_secret\ntry: _own_secret()\nexcept NoSecret as e: print('refused')"
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert ran.stdout == "refused\n"
