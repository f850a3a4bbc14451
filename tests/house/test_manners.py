"""What no file of the repository may hold, and what its front files promise."""

import re
import tomllib

import pytest

from tree import ROOT, files, name

TEXTS = {".py", ".md", ".toml", ".txt", ".json", ".jsonl", ".csv", ".cfg", ".yml", ".yaml", "", ".typed"}
MACHINE = re.compile(r"(?<![\w.-])/(?:" + "|".join(("work", "farm", "root", "home", "Users")) + r")/\w")
HOSTS = (("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs"), ("deb", "debian"))
REGISTRIES = re.compile("|".join(re.escape(".".join(host)) for host in HOSTS))
ADDRESS = re.compile(r"\w+://|\bfile:|--(?:index|extra-index|find-links|trusted)|@\s*git")
PIN = re.compile(r"(?m)^([a-z0-9-]+)==(\S+)")
ACCUSING = re.compile(r"(?i)\bcriminals?\b|\billegal|\bscammers?\b|犯罪者|違法|詐欺師|犯人")
BLOCK = re.compile(r"(?ms)^(`{3,}).*?^\1$")
"""Examples are other people's words."""
LOCKS = ("base", "dev", "bench")


def texts():
    for path in files():
        if path.suffix in TEXTS:
            yield path, path.read_text(encoding="utf-8")


def test_no_file_names_a_path_of_somebodys_machine():
    found = [f"{name(path)}: {match[0]}" for path, text in texts() for match in MACHINE.finditer(text)]
    assert found == []


def test_no_file_names_the_host_of_a_package_registry():
    found = [f"{name(path)}: {match[0]}" for path, text in texts() for match in REGISTRIES.finditer(text)]
    assert found == []


def test_the_documents_accuse_nobody():
    found = [
        f"{name(path)}: {match[0]}"
        for path, text in texts()
        if path.suffix == ".md"
        for match in ACCUSING.finditer(BLOCK.sub("", text))
    ]
    assert found == []


def lock(which):
    return (ROOT / "requirements" / f"{which}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("which", LOCKS)
def test_a_lock_holds_no_address(which):
    assert ADDRESS.findall(lock(which)) == []


@pytest.mark.parametrize("which", LOCKS)
def test_every_locked_package_has_a_hash(which):
    entries = re.split(r"(?m)^(?=[a-z0-9-]+==)", lock(which))[1:]
    assert entries
    assert [entry.split(" ")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_agree_with_one_another():
    base, dev, bench = (dict(PIN.findall(lock(which))) for which in LOCKS)
    assert base.items() <= dev.items()
    assert base.items() <= bench.items()
    assert {package: pin for package, pin in bench.items() if dev.get(package, pin) != pin} == {}


def test_no_lock_brings_a_deep_learning_framework():
    packages = {package for which in LOCKS for package, _ in PIN.findall(lock(which))}
    assert packages & {"torch", "tensorflow", "jax", "transformers"} == set()


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {"base": [], **project["optional-dependencies"]}
    for extra, dependencies in asked.items():
        # An extra for users has no lock of its own: the tests run with it, so it is in the developers'.
        locked = dict(PIN.findall(lock(extra if extra in LOCKS else "dev")))
        wanted = {re.split(r"[<>=!~ \[]", line)[0] for line in [*dependencies, *project["dependencies"]]}
        assert wanted - locked.keys() == set(), extra


def test_the_makefile_has_at_most_ten_targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"(?m)^([A-Za-z][\w-]*):(?!=)", makefile)
    assert len(targets) <= 10
    assert set(targets) == set(re.findall(r"(?m)^\.PHONY: (.+)$", makefile)[0].split())
    assert {"run", "test", "test-long", "lint", "bench", "docs"} <= set(targets)


def test_ci_runs_the_test_command_of_the_readme():
    assert "\nmake test\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"(?m)^make test\b", (ROOT / "README.md").read_text(encoding="utf-8"))
