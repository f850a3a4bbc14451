"""The index over the words of jobs, and the functions of `kernel.search` that it and `jobs.searching` use."""

from django.db import migrations

from sekisho.market.kernel.search import SEARCH_SQL

INDEX = "CREATE INDEX job_words ON jobs_job USING gin (sekisho_pairs(title || E'\\n' || body))"


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]
    operations = [
        migrations.RunSQL(SEARCH_SQL, migrations.RunSQL.noop),
        migrations.RunSQL(INDEX, "DROP INDEX job_words"),
    ]
