# Two commands matter: `make run` and `make test`. Each does all its own set-up on a fresh clone.
.PHONY: setup run test lint bench lock clean
.DEFAULT_GOAL := help

VENV := .venv
PY   := $(VENV)/bin/python
DONE := $(VENV)/.done
SAMPLE := resources/samples/family-year.famgui.toml

help:
	@echo "make setup | run | test | lint | bench"

setup: $(DONE)

# Debian packages (Chinese fonts among them), a virtual environment, and everything pinned by hash.
$(DONE): requirements-dev.lock pyproject.toml .ci/setup .ci/debian-packages
	@.ci/setup $(VENV)
	@touch $@

run: $(DONE)
	@$(PY) -m famgui settle $(SAMPLE)

test: $(DONE)
	$(PY) -m pytest -n 2

lint: $(DONE)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) -m pytest -q tests/test_architecture.py

bench: $(DONE)
	$(PY) -m benchmarks

# Re-pins everything; needs uv on the PATH. The locks carry hashes and no addresses.
lock:
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist out
