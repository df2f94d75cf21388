# One verb a job. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup talk test content model check lint build smoke template deploy transcripts lock clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: $(VENV)/ready ## a virtual environment from the lock file; every verb does it when needed

$(VENV)/ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3 setup"; exit 1; }
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

talk: content ## talk to the skill in this terminal (ARGS="--show --speak")
	@$(BIN)/twitching talk $(ARGS)

content: setup ## content/ and responses/ -> what ships; stops where something is wrong
	@$(RUN) -m tools.compile_content

model: content ## interaction_model/*.yaml -> the JSON that Alexa takes
	@$(RUN) -m tools.build_model

test: content ## all tests that need no AWS tools
	@$(RUN) -m pytest --ignore tests/artefact

lint: setup ## style, types, layers, YAML
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/yamllint --strict content responses interaction_model .github 2>/dev/null || $(BIN)/yamllint --strict content responses interaction_model

check: lint content ## everything that must hold before a commit lands
	@$(RUN) -m tools.build_model --check
	@$(RUN) -m pytest --ignore tests/artefact

transcripts: content ## write the golden conversations anew; read the diff before you commit it
	@$(RUN) -m pytest tests/test_transcripts.py --write-transcripts
