# frontdoor: `make demo` to see it, `make test` to trust it, `make help` for the rest.
PYTHON ?= python3
PORT ?= 8400
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check -q

.DEFAULT_GOAL := help
.PHONY: help install install-dev demo test check lock model acts quality bench prove-main-path prove-detection prove-slack prove-negotiations clean

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "frontdoor needs Python 3.11 or newer; say which: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

install: $(VENV)/installed ## Install into .venv, from the lock

install-dev: $(VENV)/installed-dev ## Install what tests and checks need, too

demo: install ## Read the sample mail and Slack, and serve the console (PORT=8400)
	@exec $(BIN)/frontdoor demo --port $(PORT)

test: install-dev ## Run the tests
	$(BIN)/pytest

check: install-dev ## Format, lint, types, import contracts, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.migrations.check

lock: install-dev ## Renew the locks
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 --group build \
	  pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 --group build --group dev \
	  pyproject.toml -c requirements.lock -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 \
	  tests/bench/contestants/peers.in -o tests/bench/contestants/peers.lock

model: .cache/train ## Train the model anew, in an environment of its own; goes on where it stopped
	$(TRAIN)

acts: .cache/train ## Train the encoder of acts anew, on the early layers of the model
	$(subst training.train,training.acts,$(TRAIN))

# The memory settings keep large tensors from being handed back and fetched again in every step.
TRAIN := MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=17179869184 .cache/train/bin/python -m detectors.training.train

.cache/train: requirements.lock requirements-train.txt
	$(PYTHON) -m venv .cache/train
	.cache/train/bin/pip --disable-pip-version-check -q install --require-hashes -r requirements.lock
	.cache/train/bin/pip --disable-pip-version-check -q install -r requirements-train.txt
	touch .cache/train

quality: install ## Write docs/quality.md from the kept predictions (FRONTDOOR_DATA=DIR: and on ordinary traffic)
	$(BIN)/python -m detectors.training.quality

bench: install-dev ## Say how fast it is, and where the time goes
	$(BIN)/python -m tests.bench.analysis
	$(BIN)/python -m tests.bench.batches
	$(BIN)/python -m tests.bench.throughput --profile
	$(BIN)/python -m tests.bench.console
	$(BIN)/python -m tests.bench.slack_live

prove-main-path: install-dev ## Measure what the main path promises (half an hour)
	$(BIN)/python -m tests.prove.main_path

prove-detection: install-dev .cache/train ## Measure what detection promises (FRONTDOOR_DATA=DIR; half an hour)
	TRAIN="$(TRAIN)" $(BIN)/python -m tests.prove.detection

prove-slack: install-dev ## Measure what warnings in Slack promise (FRONTDOOR_DATA=DIR; half an hour)
	$(BIN)/python -m tests.prove.slack

prove-negotiations: install-dev ## Measure what the register of negotiations promises
	$(BIN)/python -m tests.prove.negotiations

clean: ## Remove the virtual environment and caches
	rm -rf $(VENV) .cache/peers .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
