# Everything a newcomer and CI need. Python 3.11 or newer, git and make are enough: no server, no compiler.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
BENCH  := $(VENV)/.bench
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK   := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
          --no-header --no-emit-index-url --no-emit-find-links --annotation-style line

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long lint bench docs lock clean

help:  ## say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

setup: $(READY)  ## make .venv with everything pinned in requirements/dev.txt

# The stamp is written last: an interrupted set-up starts over.
$(READY): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Sekisho needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(BENCH): requirements/bench.txt $(READY)
	$(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@

run: $(READY)  ## run the whole site with a demonstration, at http://127.0.0.1:8000/
	$(BIN)/sekisho serve --demo

test: lint  ## everything that guards a change
	$(BIN)/python -m pytest

test-long: $(READY)  ## the laws with many more examples, and volumes
	$(BIN)/python -m pytest -m "long or not long" --hypothesis-profile=long

lint: $(READY)  ## style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(BENCH)  ## measure against other tools, in one run
	$(BIN)/python -m benchmarks

docs: $(READY)  ## rewrite the rule pages and the outputs shown in the documents
	$(BIN)/python docs/generate.py

lock:  ## pin all dependencies anew (needs uv)
	$(LOCK) --upgrade pyproject.toml -o requirements/base.txt
	$(LOCK) --upgrade --extra dev -c requirements/base.txt pyproject.toml -o requirements/dev.txt
	$(LOCK) --upgrade --extra bench -c requirements/dev.txt pyproject.toml -o requirements/bench.txt

clean:  ## remove everything that can be made again
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src tests docs -name __pycache__ -type d -exec rm -rf {} +
