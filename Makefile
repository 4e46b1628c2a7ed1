# Every target works on a fresh clone: it sets up what it needs first. Done work is remembered in .stamps/.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

ifndef PYTHON
PYTHON := $(shell command -v python3.11 || command -v python3)
endif
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# pip where uv, the faster one, does not know this machine's registry or certificates
PIP := .venv/bin/python -m pip install --quiet --disable-pip-version-check
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: help demo test test-long check prove setup assets words browser lock clean

help: ## say what there is
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

demo: setup assets words ## fill an empty database and serve it with its jobs on http://127.0.0.1:8000
	menling migrate
	menling demo
	menling serve --jobs

test: check browser ## every check, twenty proofs drawn by lot, then every test that fits into half an hour
	menling ledger --prove --random 20
	pytest -n 2 -m 'not long'

test-long: setup assets words browser ## fuzzing, storms and simulated months
	pytest -n 2 -m long

check: setup assets ## what can be seen without running anything
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	menling manage makemigrations --check --dry-run
	python scripts/translations.py check
	$(if $(wildcard menling/cli/ledger.py),menling ledger --check)

prove: setup words ## switch clauses off and see their tests turn red; ID="EN-2.1 …" for some
	menling ledger --prove $(ID)

setup: .stamps/project ## the virtual environment with locked packages and the project

.venv/bin/uv:
	scripts/virtualenv $(PYTHON)

.stamps/packages: requirements-dev.txt | .venv/bin/uv
	uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements-dev.txt || $(PIP) --require-hashes -r requirements-dev.txt
	@mkdir -p $(@D) && touch $@

.stamps/project: pyproject.toml requirements.in .stamps/packages
	uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
	@mkdir -p $(@D) && touch $@

assets: .stamps/assets ## the bundles of the back office and of the doorstep app

.stamps/assets: $(shell find frontend doorstep-app -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null) | .stamps/packages
	scripts/assets
	@mkdir -p $(@D) && touch $@

words: setup ## the compiled translations
	python scripts/translations.py compile

browser: ## a Chromium for the browser tests
	scripts/browser

lock: .venv/bin/uv ## write requirements.txt and requirements-dev.txt anew
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt

clean: ## everything that was built, but no data
	rm -rf .venv .stamps .mypy_cache .ruff_cache .pytest_cache *.egg-info frontend/dist frontend/node_modules doorstep-app/dist doorstep-app/node_modules
	find menling tests scripts -name __pycache__ -prune -exec rm -rf {} +
