"""The code blocks of a Markdown document: found, run in order, compared with what they show. Not a Markdown parser.

A fenced block at the left margin is run when its language is `console` (lines after `$ ` are commands, `> `
continues one, the rest is what they print) or `python` (with `>>>`, what follows is what it prints; without, it must
run in silence). A block whose info string names a file, such as ```toml words/tools.toml, is written there. All blocks
of a document share one folder and one Python namespace, in order. `...` in shown output stands for anything; `make docs`
writes it for digests. Blocks of any other language are only shown.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 300.0
"""Seconds one console block may take; the first use of a changed pack compiles it."""

_FENCE = re.compile(r"```(?P<language>[a-z]+)(?: +(?P<file>\S+))?$")
_DIGEST = re.compile(r"\b[0-9a-f]{16}-[0-9a-f]{16}\b")
"""A digest changes with versions that say nothing about the document; it is shown as `...`."""
_MARK = "\x1e"
_CHECKER = doctest.OutputChecker()


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block; `line` is the 0-based number of its first inner line, `file` the name in its info string."""

    language: str
    file: str
    line: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One command or statement. `start` to `end` are the 0-based document lines of the output it shows."""

    source: str
    want: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a step printed, standard error included."""

    step: Step
    got: str

    @property
    def holds(self) -> bool:
        """Whether the document tells the truth about this step."""
        want, got = self.step.want, self.got
        return _CHECKER.check_output(want, got, doctest.ELLIPSIS) or _bare(want) == _bare(got)


def documents() -> list[Path]:
    """Every document whose blocks are run: at the top and under docs/, without the generated rule pages."""
    generated = ROOT / "docs" / "rules"
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(path for path in found if generated not in path.parents)


def blocks_of(text: str) -> Iterator[Block]:
    """The fenced blocks of a document, in order. Raises `ValueError` for one that is never closed."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        at += 1
        if fence:
            start = at
            while at < len(lines) and lines[at] != "```":
                at += 1
            if at == len(lines):
                raise ValueError(f"line {start}: a block is never closed")
            yield Block(fence["language"], fence["file"] or "", start, tuple(lines[start:at]))
            at += 1


def run_document(path: Path, folder: Path, cache: Path) -> list[Result]:
    """Run the blocks of the document at `path`, with `folder` to work in and `cache` for compiled packs."""
    examples = folder / "examples"
    if not examples.exists():
        shutil.copytree(ROOT / "examples", examples)
    namespace: dict[str, object] = {"__name__": "__main__"}
    results: list[Result] = []
    for block in blocks_of(path.read_text(encoding="utf-8")):
        if block.file:
            target = folder / block.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("\n".join(block.lines) + "\n", encoding="utf-8")
        elif block.language == "console":
            results += _run_console(block, folder, cache)
        elif block.language == "python":
            results += _run_python(block, namespace, folder, cache)
    return results


def corrected(text: str, results: list[Result]) -> str:
    """`text` with the output of every step that does not hold replaced by what the step printed."""
    lines = text.split("\n")
    for result in sorted(results, key=lambda r: r.step.start, reverse=True):
        if not result.holds:
            got = _DIGEST.sub("...", result.got)
            lines[result.step.start : result.step.end] = _bare(got) if got else []
    return "\n".join(lines)


def _bare(output: str) -> list[str]:
    return [line.rstrip() for line in output.rstrip().split("\n")]


def console_steps(block: Block) -> list[Step]:
    """The commands of a console block. Raises `ValueError` when it does not begin with one."""
    steps: list[Step] = []
    at = 0
    while at < len(block.lines):
        if not block.lines[at].startswith("$ "):
            raise ValueError(f"line {block.line + 1}: a console block begins with `$ `")
        command = [block.lines[at][2:]]
        at += 1
        while at < len(block.lines) and block.lines[at].startswith("> "):
            command.append(block.lines[at][2:])
            at += 1
        start = at
        while at < len(block.lines) and not block.lines[at].startswith("$ "):
            at += 1
        want = "".join(line + "\n" for line in block.lines[start:at])
        steps.append(Step("\n".join(command), want, block.line + start, block.line + at))
    return steps


def _run_console(block: Block, folder: Path, cache: Path) -> list[Result]:
    steps = console_steps(block)
    # The mark ends each command's output; the subshell gives `$?` back to the command that follows.
    script = "".join(f"{step.source}\n_code=$?; printf '%s' '{_MARK}'; (exit $_code)\n" for step in steps)
    environment = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(cache),
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "COLUMNS": "100",
        "TERM": "dumb",
    }
    with subprocess.Popen(
        ["bash", "-c", script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    # Absolute paths of the working folder would differ in every run.
    printed = output.decode("utf-8", "replace").replace(f"{folder.resolve()}/", "")
    *outputs, rest = printed.split(_MARK)
    outputs += [f"did not finish: {rest}"] * (len(steps) - len(outputs))
    return [Result(step, output) for step, output in zip(steps, outputs, strict=True)]


def _run_python(block: Block, namespace: dict[str, object], folder: Path, cache: Path) -> list[Result]:
    text = "\n".join(block.lines) + "\n"
    if ">>>" not in text:
        step = Step(text, "", block.line + len(block.lines), block.line + len(block.lines))
        return [Result(step, _printed(text, "exec", namespace, folder, cache))]
    results = []
    for example in doctest.DocTestParser().get_examples(text):
        start = block.line + example.lineno + example.source.count("\n")
        step = Step(example.source, example.want, start, start + example.want.count("\n"))
        got = _printed(example.source, "single", namespace, folder, cache)
        results.append(Result(step, "".join(_visible(line) for line in got.splitlines(keepends=True))))
    return results


def _visible(line: str) -> str:
    return line if line.strip() else "<BLANKLINE>\n"


def _printed(source: str, mode: str, namespace: dict[str, object], folder: Path, cache: Path) -> str:
    """What running `source` prints; an exception shows as an interpreter shows it, without the frames."""
    printed = io.StringIO()
    old = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(cache)
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(printed):
            exec(compile(source, "<document>", mode), namespace)
    except Exception as error:  # noqa: BLE001 - whatever is raised is what the document must show
        printed.write("Traceback (most recent call last):\n    ...\n")
        printed.write("".join(traceback.format_exception_only(error)))
    finally:
        if old is None:
            del os.environ["XDG_CACHE_HOME"]
        else:
            os.environ["XDG_CACHE_HOME"] = old
    return printed.getvalue()
