# Every target does its own set-up and skips it while the lock files and pyproject.toml are unchanged.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
ROOMS := cli pipeline vocabulary extractors mappings matching lists reconcile validators target reports samples pseudonyms
# Workers of the test run; a file stays with one worker, so that what its tests share is made once.
WORKERS ?= 2
# Sizes of the measurements: make bench LOAD_ROWS=20000 MEGABYTES=50
LOAD_ROWS ?= 200000
MEGABYTES ?= 1000
PEOPLE ?= 10000
DELIVERED ?= 10000
KNOWN ?= 100000
# Moments of each kind that make faults breaks runs at; 0: as many as each test has of its own.
FAULTS ?= 0

.PHONY: audit bench-linkage bench-frames bench-national bench-baseline help demo test test-runs test-long faults test-oracle mutants fuzz lint format docs bench bench-contacts bench-load bench-baseline bench-interchange lock clean

help:
	@echo "make demo    two sample companies from export files to the workbook"
	@echo "make test    lint, types and every test but those below"
	@echo "make test-runs  tests that take several runs of the program (CI runs them too)"
	@echo "make test-long  tests that run the program many times"
	@echo "make faults  breaks runs at drawn moments, and disk and database under them (FAULTS=N moments of a kind)"
	@echo "make test-oracle  the target in H2's Oracle mode (needs java and libh2-java)"
	@echo "make mutants wrong changes to mappings/ and target/, each of which a run must find (tests/mutants)"
	@echo "make fuzz    files changed at random, FUZZ=100000 for each reader and the manifest (hours)"
	@echo "make lint    bandit, ruff and mypy only"
	@echo "make audit   known advisories about the packages of the lock files"
	@echo "make format  lay the code out anew"
	@echo "make docs    write docs/commands.md anew from --help, tables of docs/ from ours"
	@echo "make bench   time contacts, loads and a long interchange (bench/README.md)"
	@echo "make bench-national  the whole road with invented people, stage by stage, against the recorded ratios"
	@echo "make bench-linkage  links and questions against a known truth (DELIVERED=10000 KNOWN=100000)"
	@echo "make bench-frames  how many frames day1 demo makes, by stage and module"
	@echo "make lock    resolve the lock files anew (needs uv)"
	@echo "make clean   remove everything that the other targets made"

demo: $(VENV)/.runtime
	@$(BIN)/day1 demo demo

test: lint
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile -m "not runs and not long and not oracle and not faults"

# What takes several runs of the program each: CI runs it after the tests.
test-runs: $(VENV)/.dev
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile -m runs

test-long: $(VENV)/.dev
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile -m long

# Hours. How many moments of each kind: make faults FAULTS=20
faults: $(VENV)/.dev
	@DAY1_FAULTS=$(FAULTS) $(BIN)/pytest -n $(WORKERS) --dist loadfile -m faults

# Tables and inserts in Oracle's dialect, with every constraint on. H2 is Debian's: nothing of it is in the lock files.
H2 := /usr/share/java/h2.jar
test-oracle: $(VENV)/.dev
	@command -v java >/dev/null || { echo "java is not installed. Install it: apt-get install default-jre-headless"; exit 1; }
	@test -e $(H2) || { echo "$(H2) is not there. Install it: apt-get install libh2-java"; exit 1; }
	@DAY1_TEST_ORACLE=1 $(BIN)/pytest -m oracle tests/functional/test_oracle.py

# One wrong change at a time, with the workers of the tests: make mutants MUTANTS="documents-not-written"
mutants: $(VENV)/.dev
	@$(BIN)/python -m tests.mutants --workers $(WORKERS) $(MUTANTS)

# Files changed at random: no traceback, nothing over five seconds. make fuzz FUZZ=2000
FUZZ ?= 100000
fuzz: $(VENV)/.dev
	@$(BIN)/python -m tests.hostile.fuzz --cases $(FUZZ)

lint: $(VENV)/.dev
	@$(BIN)/bandit -q -c pyproject.toml -r $(ROOMS) 2>$(VENV)/bandit.said || { cat $(VENV)/bandit.said; exit 1; }
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

# Known advisories about the packages of the lock files; says so where none can be had.
audit: $(VENV)/.dev
	@.ci/audit_lock

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(VENV)/.dev
	@$(BIN)/python -m cli.reference docs/commands.md
	@$(BIN)/python -m cli.doc_tables docs
	@PYTHONPATH=. $(BIN)/python tests/spec/rules_page.py docs/rules.md

bench: bench-contacts bench-load bench-baseline bench-interchange

bench-linkage: $(VENV)/.dev
	@$(BIN)/python -m bench.linkage --delivered $(DELIVERED) --known $(KNOWN) --defaults

bench-contacts: $(VENV)/.dev
	@$(BIN)/python -m bench.contacts

bench-national: $(VENV)/.dev
	@$(BIN)/python -m bench.national --people $(PEOPLE)

bench-frames: $(VENV)/.dev
	@$(BIN)/python -m bench.frame_operations

bench-load: $(VENV)/.dev
	@$(BIN)/python -m bench.load --rows $(LOAD_ROWS)

bench-baseline: $(VENV)/.dev
	@$(BIN)/python -m bench.baseline

bench-interchange: $(VENV)/.dev
	@$(BIN)/python -m bench.interchange --megabytes $(MEGABYTES)

# setuptools is in the lock because the project itself is installed without build isolation: nothing unpinned is fetched.
lock:
	@echo 'setuptools>=77' | uv pip compile pyproject.toml - --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --quiet -o requirements.lock
	@echo 'setuptools>=77' | uv pip compile pyproject.toml - --extra dev -c requirements.lock --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet -o requirements-dev.lock

$(VENV)/.runtime: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo "$(PYTHON) is not Python 3.11, 3.12 or 3.13. Name one that is: make PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Setting up the development tools ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf $(VENV) build demo *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
