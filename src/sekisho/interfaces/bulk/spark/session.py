"""A Spark session for a scan: the one that is there, or one of our own; and in plain words why there is none."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sekisho.interfaces.bulk.errors import ScanError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[*]"
_UNDER_SUBMIT = "PYSPARK_GATEWAY_PORT"
"""Set by spark-submit, whose settings then hold."""
_OURS = {
    "spark.driver.bindAddress": "127.0.0.1",  # nobody else is to reach the texts
    "spark.driver.host": "127.0.0.1",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={Path(__file__).with_name('quiet.properties').as_uri()}",
    "spark.ui.enabled": "false",
}
"""Settings of a session on this machine alone."""


def require() -> None:
    """Look for what Spark needs before anything is started. Raises `ScanError` without pyspark, its libraries, or Java."""
    for module in ("pyspark", "pandas"):  # mapInArrow asks for pandas too
        if importlib.util.find_spec(module) is None:
            raise ScanError(f"--engine spark needs {module}, which is not installed", "pip install 'sekisho[spark]'")
    if os.environ.get(_UNDER_SUBMIT):
        return
    home = os.environ.get("JAVA_HOME")
    if home and not (Path(home) / "bin" / "java").is_file():
        raise ScanError(f"JAVA_HOME is {home}, where there is no bin/java", "name the folder of Java 17 or newer")
    if not home and shutil.which("java") is None:
        raise ScanError("--engine spark needs Java, which was not found", "install Java 17 or newer, or set JAVA_HOME")


@contextlib.contextmanager
def session(master: str | None) -> Iterator[SparkSession]:
    """The active session, which is left running, or one at `master` that is stopped at the end (None: this machine).

    Raises `ScanError` when there can be none.
    """
    require()
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    try:
        active = SparkSession.active()
    except PySparkException:
        active = None
    if active is not None:
        yield active
        return
    before = signal.getsignal(signal.SIGINT)
    spark = _started(master)
    try:
        yield spark
    finally:
        with contextlib.suppress(Py4JError, OSError):  # it may be gone already, and why was told
            spark.stop()
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, before)  # Spark's handler would go on asking a context that is no more


def _started(master: str | None) -> SparkSession:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("sekisho scan").config("spark.ui.showConsoleProgress", "false")
    if not os.environ.get(_UNDER_SUBMIT):
        master = master or LOCAL
    if master:
        builder = builder.master(master)
    if master and master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        for name, value in _OURS.items():
            builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, Py4JError) as error:
        hint = "Spark 4 needs Java 17 or newer; a cluster must answer under its URL"
        raise ScanError(f"Spark does not start: {told(error)}", hint) from None


def told(error: Exception) -> str:
    """The line of a Spark error that says most, at most 300 code points; its stack traces are left out."""
    lines = [line.strip(" \t:") for line in str(error).splitlines()]
    words = [line for line in lines if line and not line.startswith(("at ", "File ", "Traceback", "SQLSTATE", "..."))]
    named = [line for line in words if line.split(":")[0].endswith(("Error", "Exception", "ExecutorFault"))]
    return (named or words or [type(error).__name__])[-1 if named else 0][:300]
