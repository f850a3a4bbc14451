"""The files of the repository, for the tests of this folder: everything that is not made by a tool."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".git", ".venv", "build", "dist", "__pycache__"}
PROGRAMS = ("src", "docs", "benchmarks")


def files() -> Iterator[Path]:
    """Every file of the repository, without the folders that tools leave behind."""
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.is_file():
                yield path
            elif path.name not in SKIPPED and not path.name.endswith("_cache") and path.name != ".hypothesis":
                folders.append(path)


def modules(*tops: str) -> list[Path]:
    """The Python modules under the named top folders."""
    return [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in tops]


def name(path: Path) -> str:
    """A path as it is shown in a failure."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module, nested ones included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
