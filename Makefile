# Two commands: `make run` (the whole service with a drill storm) and `make test` (everything). `make setup` prepares both.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.complete
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --no-deps

.PHONY: setup run test lint lock clean

setup: $(STAMP)
	@$(BIN)/python -m bosai.machine

# Compiled here on all cores, where pip would use one; and the eight processes of the service start with it at once
# also where the environment forbids Python to write bytecode by itself.
$(STAMP): requirements-dev.lock pyproject.toml
	@echo "bosai: preparing $(VENV) (about a minute the first time) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "bosai: Python 3.11 or newer is needed; set PYTHON=…"; exit 1; }
	@{ test -f $(VENV)/pyvenv.cfg && $(BIN)/python -m pip --version >/dev/null 2>&1; } || $(PYTHON) -m venv $(VENV) || { echo "bosai: python3-venv is missing: apt-get install -y python3-venv"; exit 1; }
	$(INSTALL) --no-compile --require-hashes --requirement requirements-dev.lock
	PYTHONWARNINGS=ignore $(INSTALL) --quiet --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib alerts workers api bosai
	@touch $@

run: setup
	$(BIN)/bosai serve --drill storm

# Many tests wait for real servers: two processes a core. In the order of the folders, because the
# files that take long have few tests and would otherwise all come last.
PYTEST := $(BIN)/pytest --numprocesses $$(($$(nproc) * 2)) --dist loadfile --no-loadscope-reorder
# The tests that the domain's coverage is asked of; to watch the others, too, would take them a quarter longer.
COVERING := tests/unit tests/conformance tests/integration/service
test: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --num-workers auto
	$(PYTEST) --cov --cov-report= $(COVERING)
	$(BIN)/coverage report
	$(PYTEST) $(COVERING:%=--ignore=%)

# requirements.lock is what the service runs with, requirements-build.lock what builds its wheel (Dockerfile);
# requirements-dev.lock adds what the tests need.
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host
lock:
	$(LOCK) --output-file requirements.lock pyproject.toml
	$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	$(LOCK) --build-deps-for wheel --only-build-deps --output-file requirements-build.lock pyproject.toml

# Leaves the data folder: it may hold phones and the key to them.
clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis
