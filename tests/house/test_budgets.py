"""Small enough to be read: modules, functions and signatures keep their budgets; no module is a box of odds and ends."""

import ast

from tree import PROGRAMS, files, functions, modules, name

MODULE_LINES = 300
FUNCTION_LINES = 40
PARAMETERS = 5
INIT_LINES = 80
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    told = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - told


def length(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def test_a_module_has_at_most_300_lines():
    # The steps of a database are written by Django, from models that keep the budget.
    written = [path for path in modules(*PROGRAMS, "tests") if path.parent.name != "migrations"]
    long = {name(path): length(path) for path in written if length(path) > MODULE_LINES}
    assert long == {}


def test_a_package_door_stays_small():
    doors = [path for path in modules("src") if path.name == "__init__.py"]
    big = {name(path): length(path) for path in doors if length(path) > INIT_LINES}
    assert big == {}


def test_a_function_has_at_most_40_lines():
    long = {
        f"{name(path)}:{function.lineno} {function.name}": count
        for path in modules(*PROGRAMS)
        for function in functions(path)
        if (count := lines_of(function)) > FUNCTION_LINES
    }
    assert long == {}


def test_a_function_has_at_most_five_parameters_unless_keyword_only():
    wide = {}
    for path in modules(*PROGRAMS):
        for function in functions(path):
            given = [*function.args.posonlyargs, *function.args.args]
            count = sum(argument.arg not in ("self", "cls") for argument in given)
            # The parameters of a command are its options, handed over by name.
            if count > PARAMETERS and not any("option" in ast.unparse(d) for d in function.decorator_list):
                wide[f"{name(path)}:{function.lineno} {function.name}"] = count
    assert wide == {}


def test_no_module_has_a_name_that_says_nothing():
    vague = [name(path) for path in files() if path.suffix == ".py" and VAGUE & {path.stem, path.parent.name}]
    assert vague == []


def test_every_module_says_what_it_is():
    silent = [
        name(path)
        for path in modules(*PROGRAMS)
        if (text := path.read_text(encoding="utf-8")).strip() and not ast.get_docstring(ast.parse(text))
    ]
    assert silent == []
