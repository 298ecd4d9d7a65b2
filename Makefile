# Two commands do it all: `make brief` runs the main job, `make test` the checks. Both set up `.venv` first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LANGUAGE ?= en
OUT ?= brief.html

.DEFAULT_GOAL := help
.PHONY: help brief test setup setup-test lint types layers unit bench score golden compiled kernels weights clean

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "salpi needs Python 3.11 or newer; '$(PYTHON)' is older. Name another: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "No virtual environment could be made. On Debian: apt-get install python3-venv" >&2; exit 2; }

# The stamps say which dependencies are in; they are renewed when pyproject.toml changes.
$(VENV)/.run: pyproject.toml | $(BIN)/python
	@echo "Setting up (once; where a C compiler is, what reads documents is compiled, which takes a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	@echo "Setting up for the tests (once; where a C compiler is, what reads documents is compiled, which takes a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,pdf]'
	@touch $@ $(VENV)/.run

setup: $(VENV)/.run  ## the virtual environment and what salpi needs

setup-test: $(VENV)/.test

brief: $(VENV)/.run  ## the main job: writes the brief and says where it is (LANGUAGE=ko, OUT=file)
	@$(BIN)/salpi brief --lang $(LANGUAGE) --out $(OUT)

test: $(VENV)/.test lint types layers unit  ## all checks and tests

lint: $(VENV)/.test
	@$(BIN)/ruff check --quiet src tests benchmarks training

types: $(VENV)/.test
	@$(BIN)/mypy

layers: $(VENV)/.test
	@$(BIN)/lint-imports --no-cache

unit: $(VENV)/.test
	@$(BIN)/salpi check
	@SALPI_COMPILED=0 $(BIN)/python -m pytest -m uncompiled tests/evidence
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

golden: $(VENV)/.test  ## renew the golden quantiles after a change that is meant
	@$(BIN)/python tests/golden/renew.py

compiled: $(VENV)/.test  ## compile anew what reads documents, after its source was edited (needs a C compiler)
	@$(BIN)/python hatch_compile.py

kernels: $(VENV)/.test  ## renew the WebAssembly modules of the bundled plan after a sector was edited
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[compiler]'
	@$(BIN)/python -m salpi.model.modules

weights: $(VENV)/.test  ## fit the judges of claims anew on the annotated documents
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[training]'
	@$(BIN)/python -m training

bench: $(VENV)/.test  ## timings and their ratios
	@$(BIN)/python benchmarks/run.py

score: $(VENV)/.test  ## how well claims are extracted, on the annotated documents
	@$(BIN)/python tests/gold/figures.py

clean:
	@rm -rf $(VENV) build dist src/salpi/_compiled .mypy_cache .ruff_cache .pytest_cache
