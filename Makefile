# Run, test and check Midband. Needs Python 3.11 or newer and make; everything else goes into .venv/ and var/.
#   make run [PORT=8001] [DATABASE_URL=postgres://...]

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes

# The rules of the domain: every branch of them is tested.
PURE := foods.measures intake.domain intake.charts supplements.compounds supplements.labels learn.markdown learn.texts
PURE_TESTS := tests/foods/measures tests/intake/domain tests/intake/test_charts.py tests/intake/test_charts_lane.py \
  tests/learn tests/intake/test_learn.py \
  tests/supplements/test_compounds.py tests/supplements/test_labels.py

.PHONY: help run demo test check bench lint format lock screenshots clean

help:
	@echo "make run    serve on http://localhost:8000 (PORT=, DATABASE_URL=)"
	@echo "make demo   a demo account with 120 days of diary"
	@echo "make test   the quick suite, on SQLite and on PostgreSQL if one answers"
	@echo "make check  everything that must hold before a change goes in"
	@echo "make bench  speed, as ratios measured in one run"
	@echo "make lint   formatter, linter, types and import contract; make format rewrites"

run: $(VENV)/run.stamp
	@exec $(PY) manage.py start

demo: $(VENV)/run.stamp
	@exec $(PY) manage.py demo

test: $(VENV)/dev.stamp var/env
	@exec $(PY) -m tests.suite

bench: $(VENV)/dev.stamp var/env
	@$(PY) -m tests.bench
	@$(PY) -m tests.bench.search_at_size
	@exec $(PY) -m tests.bench.import_at_size

check: lint
	$(PY) -m tests.checks
	$(PY) -m pytest -q $(PURE_TESTS) $(PURE:%=--cov=%) --cov-branch --cov-report= --cov-fail-under=100
	@exec $(PY) -m tests.suite --docs --done "$(PURE_TESTS)"

lint: $(VENV)/dev.stamp var/env
	$(BIN)/ruff format --no-cache --check .
	$(BIN)/ruff check --no-cache .
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-cache

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

screenshots: $(VENV)/dev.stamp var/env
	@exec $(PY) -m tests.screenshots

# For maintainers; needs uv. The files name versions and hashes and no registry; uv.lock would, and stays out.
lock:
	uv lock --quiet
	uv export --quiet --no-header --no-dev --output-file requirements.txt
	uv export --quiet --no-header --output-file requirements-dev.txt

clean:
	rm -rf $(VENV)

# The environment: made once, brought up to date when the locked requirements change.

$(VENV)/run.stamp: requirements.txt | $(PY)
	@echo "Installing what Midband needs into $(VENV)/ ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt | $(PY)
	@echo "Installing what the tests need into $(VENV)/ ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

# The checkout's own key: any manage.py command makes it; the tests and the type checker read the settings, too.
var/env: | $(VENV)/dev.stamp
	@$(PY) manage.py version >/dev/null

$(PY):
	@python=; \
	for name in $(PYTHON) python3 python3.13 python3.12 python3.11 python; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Midband needs Python 3.11 or newer; the python3 found here is: $$(python3 --version 2>&1 || echo none)." >&2; \
	  echo "Install one (or name it: make run PYTHON=/path/to/python3.12)." >&2; exit 1; \
	fi; \
	"$$python" -m venv $(VENV) || { \
	  rm -rf $(VENV); \
	  echo "This Python cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv." >&2; exit 1; }
