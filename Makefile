# make        says what there is
# make up     starts everything on this machine, with invented citizens
# make test   runs what every change must pass

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
INSTALLED := .venv/installed
PYTEST := $(BIN)/pytest
WORKERS ?= 2
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.PHONY: help up test faults compose browser bench bench-scale bench-verdict bench-recovery bench-assessment \
  bench-calibration lint types contracts lock clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: $(INSTALLED) ## Start the whole stack with demonstration data (Ctrl-C stops it)
	$(BIN)/loeft up --demo

test: lint types $(INSTALLED) ## Lint, types, imports, and the unit, contract, real and scenario tests
	$(PYTEST) -n $(WORKERS) --dist loadfile --no-loadscope-reorder tests/scenarios tests/real tests/contracts tests/unit # long files first

faults: $(INSTALLED) ## Kill every process at every step and compare what is left
	$(PYTEST) tests/faults

compose: $(INSTALLED) ## Build the images, start docker-compose.yml and use it (needs a Docker engine)
	$(PYTEST) tests/compose

browser: $(INSTALLED) ## The pages in a real Chromium, with accessibility checks
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
	  || { echo "Chromium is missing: apt-get install chromium" >&2; exit 1; }
	$(PYTEST) tests/browser

bench: $(INSTALLED) ## Measure throughput, latency and rebuilds against the stated floors
	$(BIN)/python -m tests.benchmarks

bench-scale: $(INSTALLED) ## Rebuild ten million made-up events (make bench-scale EVENTS=1000000 takes fewer)
	$(BIN)/python -m tests.benchmarks.scale --events $(or $(EVENTS),10000000)

bench-verdict: $(INSTALLED) ## Simulate how often a good pilot is stopped, and how soon a bad one
	$(BIN)/python -m tests.benchmarks.verdict

bench-recovery: $(INSTALLED) ## Make up jobcenters and say how often the comparison finds what their courses truly do
	$(BIN)/python -m tests.benchmarks.recovery $(or $(SEEDS),12) $(or $(CITIZENS),4000)

bench-assessment: $(INSTALLED) ## Simulate the adaptive test beside a fixed test of one ability
	$(BIN)/python -m tests.benchmarks.assessment

bench-calibration: $(INSTALLED) ## Make up answers with a known truth and say how well calibration finds it
	$(BIN)/python -m tests.benchmarks.calibration --people $(or $(PEOPLE),4000)

lint: $(INSTALLED) ## Style, formatting and the rules of who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo

types: $(INSTALLED) ## Static types
	$(BIN)/mypy

contracts: $(INSTALLED) ## Generate schemas, AsyncAPI, OpenAPI, the catalogue and .env.example anew
	$(BIN)/loeft contracts write

LOCK = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-header --no-emit-index-url --no-emit-find-links --no-annotate --quiet
lock: $(INSTALLED) ## Resolve pyproject.toml into the lock files (make lock UPGRADE=--upgrade takes newer versions)
	$(LOCK) --all-extras $(UPGRADE) --output-file requirements.lock
	$(LOCK) --constraint requirements.lock --output-file requirements.runtime.lock # what the image holds
	@! grep -nE '://|@' requirements.lock requirements.runtime.lock || { echo "a lock file must not contain addresses" >&2; exit 1; }

clean: ## Remove what was made: the environment, caches and the data of the embedded stack
	rm -rf .venv .loeft build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed; PYTHON=/path/to/python make … names one" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep -oE '^uv==[0-9.]+' requirements.lock)"
	$(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock \
	  || $(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock # where only pip knows the way
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@
