# The words of this house. `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
DEMO := COLLEGIUM_MODE=demo
# Tools that only read the settings need a mode and touch neither database nor data folder.
READING := COLLEGIUM_MODE=demo SECRET_KEY=reading DATABASE_URL=postgresql:///reading
# These bring up the embedded database by themselves, whatever the server of the other tests.
EMBEDDED_ONLY := $(addprefix --ignore=src/collegium/config/tests/,test_embedded.py test_house.py test_keeping.py)
NO_BROWSER := --ignore=tests/journeys
# Whole files to each process: what a file has set up is set up once. Their order is that of conftest.py.
TWO := -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix migrate demo shell bench fuzz docs lock tools chromium postfix
MAKEFLAGS += --no-print-directory

help:
	@echo "make setup    the virtual environment with the locked dependencies"
	@echo "make run      serve the demo council on this machine (PORT=8000)"
	@echo "make test     everything that must hold: check, unit tests, house guards, browser journeys"
	@echo "make check    format, lint, types and the import contract"
	@echo "make fix      put format and lint right where that can be done by itself"
	@echo "make migrate  bring the database's tables up to date"
	@echo "make demo     load the demo council, once"
	@echo "make shell    Python with the models at hand"
	@echo "make bench    measure speed and size (ARGS='--posts 1000000')"
	@echo "make fuzz     read letters by chance for five minutes (ARGS='--seconds 60')"
	@echo "make docs     the guides, and whether all their links lead somewhere"
	@echo "make lock     lock the dependencies of pyproject.toml anew"

setup: $(VENV)/.installed

run: setup
	@$(DEMO) $(BIN)/collegium serve --demo

migrate: setup
	@$(BIN)/collegium migrate

demo: setup
	@$(DEMO) $(BIN)/collegium migrate && $(DEMO) $(BIN)/collegium demo

shell: setup
	@$(BIN)/collegium shell

bench: setup
	@$(DEMO) $(BIN)/collegium bench $(ARGS)

fuzz: tools
	@$(READING) PYTHONPATH=src DJANGO_SETTINGS_MODULE=collegium.config.settings $(BIN)/python -m collegium.core.mail.tests.fuzz $(ARGS)

test: check chromium postfix
	@$(BIN)/python -m pytest $(TWO) $(NO_BROWSER)
	@pg15="$$(sh .ci/postgresql 15)"; [ -z "$$pg15" ] || { \
	  echo "Once more on the PostgreSQL of $$pg15:"; \
	  COLLEGIUM_TEST_PG="$$pg15" $(BIN)/python -m pytest $(TWO) $(NO_BROWSER) --ignore=tests/house $(EMBEDDED_ONLY); }
	@$(BIN)/python -m pytest $(TWO) tests/journeys

check: tools
	@$(BIN)/ruff format --check --quiet . || { echo "Run: make fix"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(READING) $(BIN)/mypy
	@PYTHONPATH=src $(BIN)/lint-imports

fix: tools
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: tools
	@find *.md docs -name '*.md' | sort | xargs grep -m 1 -H '^# ' | sed 's/:# /: /'
	@$(BIN)/python -m pytest --quiet src/collegium/config/tests/test_docs.py

lock: tools
	@$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header --python-version 3.11 --quiet -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header --python-version 3.11 --quiet \
	  --constraint requirements.lock -o requirements-dev.lock

# --- what the words stand on

tools: $(VENV)/.installed-dev

$(VENV)/.installed: requirements.lock Makefile
	@sh .ci/venv $(PYTHON) $(VENV)
	@echo "Installing the locked dependencies …"
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing the locked tools …"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

chromium: tools
	@sh .ci/chromium $(BIN)/python

postfix:
	@sh .ci/postfix
