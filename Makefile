# One verb a job. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup talk web content model blanks test lint check transcripts preflight new-locale build smoke bench load cases screens screenshots chromium soak review-pack template costs audit sbom deploy lock

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
AWS := .venv-aws
SUPPLY := .venv-supply
CLIENT := tests/virtual_alexa/node_modules/ready
VIEWHOST := simulator/viewhost/node_modules/ready
APL := tests/apl/node_modules/ready
NPM := $(shell command -v npm 2>/dev/null)
LEARNT := build/understanding/ready
COMPILED := lambda/twitching/_compiled/catalogue.json

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: $(VENV)/ready ## the virtual environment, from the lock file; every verb does it when needed

$(VENV)/ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
		{ echo "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=/path/to/python3 setup"; exit 1; }
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(LEARNT): $(VENV)/ready $(wildcard interaction_model/skill-package/interactionModels/custom/*.json) $(wildcard simulator/understanding/*.py)
	@$(RUN) -c 'from simulator.understanding import understanding; understanding("en-US").learnt'
	@touch $@

talk: content $(LEARNT) ## talk to the skill in this terminal (ARGS="--show --speak")
	@$(BIN)/twitching talk $(ARGS)

web: content $(LEARNT) $(if $(NPM),$(VIEWHOST)) ## a page that simulates an Echo, on this machine alone (ARGS="--port 8765")
	@$(BIN)/twitching web $(ARGS)

content: $(COMPILED) ## content/ and responses/ -> what ships; stops where something is wrong

$(COMPILED): $(VENV)/ready $(shell find content responses tools lambda/twitching '(' -name '*.yaml' -o -name '*.json' -o -name '*.py' ')' -not -path '*/_compiled/*')
	@$(RUN) -m tools.compile_content
	@touch $@

model: content ## interaction_model/ -> the skill package that Alexa takes
	@$(RUN) -m tools.skill_package

new-locale: setup ## begin a locale, and hear what it lacks (LOCALE=de-DE)
	@$(RUN) -m tools.new_locale $(LOCALE)

blanks: content ## what the publisher has still to fill in before the skill can be submitted
	@$(RUN) -m tools.skill_package --blanks

$(CLIENT): tests/virtual_alexa/package-lock.json
	@echo "Setting up virtual-alexa (once, 120 MB) ..."
	@npm ci --prefix $(dir $<) --loglevel error >/dev/null
	@touch $@

$(VIEWHOST): simulator/viewhost/package-lock.json
	@echo "Setting up Amazon's renderer of screens (once, 9 MB) ..."
	@npm ci --prefix $(dir $<) --loglevel error >/dev/null
	@touch $@

$(APL): tests/apl/package-lock.json
	@echo "Setting up Amazon's checker of APL (once, 110 MB) ..."
	@npm ci --prefix $(dir $<) --loglevel error >/dev/null
	@touch $@

chromium: ## the browser that the page is tested in: Debian's, where it is missing and can be installed
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing Debian's chromium (once) ..." && \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends chromium >/dev/null; } || \
		echo "No Chromium here, so the page isn't tested in a browser. On Debian: sudo apt-get install chromium"

test: content chromium $(if $(NPM),$(CLIENT) $(VIEWHOST) $(APL)) ## all tests that need no AWS tools
	@$(RUN) -m pytest -rs -n auto --dist worksteal --ignore tests/artefact

lint: setup ## style, types, layers, YAML
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/yamllint --strict content responses interaction_model

check: setup content ## everything that must hold before a commit lands
	@$(MAKE) --no-print-directory -j4 lint $(LEARNT) $(AWS)/ready $(if $(NPM),$(CLIENT) $(VIEWHOST) $(APL))
	@$(MAKE) --no-print-directory test template smoke

cases: content ## every case and variant, and what share is right
	@$(RUN) -m tools.cases

screens: content $(LEARNT) $(if $(NPM),$(VIEWHOST)) ## what each device shows, drawn by Amazon's renderer: build/screens (needs npm and Chromium)
	@$(RUN) -m tools.screens $(ARGS)

screenshots: content chromium $(LEARNT) $(if $(NPM),$(VIEWHOST)) ## the pictures of the page in docs/images; look at them before you commit them
	@$(RUN) -m tools.screenshots

soak: content ## a million broken requests, a quarter of an hour (ARGS="times seed")
	@$(RUN) -m tools.soak $(ARGS)

review-pack: content ## every sentence with its source, for a clinician: build/review-pack
	@$(RUN) -m tools.review_pack $(ARGS)

transcripts: content ## write the golden conversations anew; read the diff before you commit it
	@$(RUN) -m pytest tests/test_transcripts.py --write-transcripts

$(AWS)/ready: requirements/aws.txt
	@echo "Setting up $(AWS) (once, about a minute) ..."
	@$(PYTHON) -m venv --clear $(AWS)
	@$(AWS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

preflight: content $(AWS)/ready ## what Amazon's testers will look at, in every locale; red where it would fail
	@$(BIN)/twitching preflight

build: content $(AWS)/ready ## what Lambda gets, with bytecode, in .aws-sam/build (needs python3.13)
	@$(RUN) -m tools.aws.build

smoke: build ## the same under Amazon's own runtime emulator (Linux; no Docker)
	@$(RUN) -m tools.aws.build --here
	@$(RUN) -m pytest -rs tests/artefact || [ $$? -eq 5 ]  # 5: all skipped, with the reason above

bench: smoke ## cold start and warm turn against the SDK's hello world: bench/results (ARGS=rounds)
	@$(RUN) -m bench $(ARGS)

costs: content ## what a month costs at AWS, from the last benchmark: into docs/operations.md
	@$(RUN) -m bench.costs

load: content ## requests a second that one gunicorn worker answers over HTTP (needs wrk; ARGS=seconds)
	@$(RUN) -m bench.load $(ARGS)

template: $(AWS)/ready ## template.yaml by Amazon's linters and our rules; needs no account
	@PYTHONPATH=lambda $(AWS)/bin/python -m tools.aws.template_rules  # it knows which metrics the skill emits

deploy: check ## check, build, ship, and say what to do next (ARGS="--profile P --region R --set Name=value")
	@echo "No clinician has signed this content (signed_off in content/ is empty). Don't publish it before one has."
	@SAM_CLI_TELEMETRY=0 $(RUN) -m tools.aws.deploy $(ARGS)

$(SUPPLY)/ready: requirements/supply.txt
	@echo "Setting up $(SUPPLY) (once) ..."
	@$(PYTHON) -m venv --clear $(SUPPLY)
	@$(SUPPLY)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

audit: $(VENV)/ready $(SUPPLY)/ready ## known holes in what ships; skipped with a reason where no database can be reached
	@$(RUN) -m tools.aws.audit

sbom: $(SUPPLY)/ready ## the bill of materials of what ships, as CycloneDX: build/sbom.json
	@mkdir -p build && $(SUPPLY)/bin/cyclonedx-py requirements lambda/requirements.txt \
		--output-reproducible --validate -o build/sbom.json && echo "build/sbom.json"

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url
lock: ## the lock files, anew from pyproject.toml (needs uv; ARGS=--upgrade takes newer versions)
	@$(LOCK) $(ARGS) pyproject.toml -o lambda/requirements.txt
	@$(LOCK) $(ARGS) pyproject.toml --group https -c lambda/requirements.txt -o requirements/https.txt
	@$(LOCK) $(ARGS) pyproject.toml --group dev -c requirements/https.txt -c lambda/requirements.txt -o requirements/dev.txt
	@$(LOCK) $(ARGS) --group pyproject.toml:aws -o requirements/aws.txt
	@$(LOCK) $(ARGS) --group pyproject.toml:supply -o requirements/supply.txt
