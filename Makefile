# Everything from nothing: Python 3.11 to 3.13 and make are all that is needed. `make help` lists the targets.

PYTHON ?= python3
PYTEST_FLAGS ?=

VENV := .venv
WHEELS := .wheels
# Wheels are of one Python version, so the mark of a complete folder names it.
COMPLETE := $(WHEELS)/.complete-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
BIN := $(VENV)/bin
REQUIREMENTS := --constraint constraints.txt --group dev '.[emulator]'
EDITABLE := --constraint constraints.txt --group dev --editable '.[emulator]'
PIP := $(BIN)/python -m pip
DOWNLOAD := $(PIP) download --quiet --dest $(WHEELS) --only-binary :all:
FROM_WHEELS := --no-index --find-links $(WHEELS)

export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup wheels demo test lint bench fuzz docs clean
.DEFAULT_GOAL := help

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

demo: setup ## The product in three minutes: an emulated warehouse, a generated dbt project, the gate stopping a drift.
	$(BIN)/python integration_tests/demo.py

test: lint ## Everything: lint, types and all tests, on two processes.
	$(BIN)/python -m pytest -n 2 --dist loadscope $(PYTEST_FLAGS)

lint: setup ## Check style, formatting and types.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup ## Measure the figures of docs/architecture.md, each beside its peer.
	$(BIN)/python benchmarks/run.py

fuzz: setup ## Look for texts that break a reader, for FUZZ_SECONDS (default 600); not a part of CI.
	$(BIN)/python -m tests.fuzz.run

docs: setup ## Write the generated pages and sections of docs/ again.
	$(BIN)/python -m pytest -n 2 --dist loadscope --quiet --write-adapter-report tests/adapter
	$(BIN)/python docs/generate.py

setup: $(VENV)/.installed ## Make .venv and install this project into it, editable (done by the others when needed).

wheels: $(COMPLETE) ## Download every wheel once to .wheels; all installs come from there.

clean: ## Remove .venv, .wheels and what the tools leave behind.
	rm -rf $(VENV) $(WHEELS) .bench .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo 'Python 3.11, 3.12 or 3.13 is needed; name one: make PYTHON=/path/to/python'; exit 1; }
	$(PYTHON) -m venv $(VENV)

# What .wheels holds already is not asked for again, so a full folder needs no network. Groups need pip 25.1.
$(COMPLETE): pyproject.toml constraints.txt | $(BIN)/python
	@mkdir -p $(WHEELS)
	@echo 'Bringing wheels to $(WHEELS) …'
	@$(DOWNLOAD) $(FROM_WHEELS) 'pip>=25.1' 2>/dev/null || $(DOWNLOAD) 'pip>=25.1'
	$(PIP) install --quiet $(FROM_WHEELS) --upgrade pip
	@$(DOWNLOAD) $(FROM_WHEELS) $(REQUIREMENTS) 2>/dev/null || $(DOWNLOAD) $(REQUIREMENTS)
	@touch $@

$(VENV)/.installed: $(COMPLETE) | $(BIN)/python
	$(PIP) install --quiet $(FROM_WHEELS) --upgrade pip
	$(PIP) install --quiet $(FROM_WHEELS) $(EDITABLE)
	@touch $@
