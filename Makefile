# Two commands matter: `make run` and `make test`. Each does all its own set-up on a fresh clone.
.PHONY: setup run test lint bench shots installer installer-test lock clean
.DEFAULT_GOAL := help

VENV := .venv
PY   := $(VENV)/bin/python
DONE := $(VENV)/.done
SAMPLE := resources/samples/family-year.famgui.toml

help:
	@echo "make setup | run | test | lint | bench | shots | installer | installer-test"

setup: $(DONE)

# Debian packages (Chinese fonts among them), a virtual environment, and everything pinned by hash.
$(DONE): requirements-dev.lock pyproject.toml .ci/setup .ci/packages .ci/debian-packages
	@.ci/setup $(VENV)
	@touch $@

# With a display: the window on the sample household. Without one the same job offscreen: the sample family's year
# settled and printed, the settlement sheet and pictures of the pages written under out/.
run: $(DONE)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
	  $(PY) -m famgui --home out/home; \
	else \
	  $(PY) -m famgui --home out/home settle $(SAMPLE) && \
	  $(PY) -m famgui --home out/home shots out/pages --sheet out/settlement-sheet.pdf; \
	fi

# make shots SIZE=1920x1080 THEME=dark SCALE=large LANGUAGE=en OUT=out/shots
SIZE ?= 1366x768
THEME ?= light
SCALE ?= standard
LANGUAGE ?= zh
OUT ?= out/shots
shots: $(DONE)
	$(PY) -m famgui --home out/home --lang $(LANGUAGE) shots $(OUT) --size $(SIZE) --theme $(THEME) --scale $(SCALE)

test: $(DONE)
	$(PY) -m pytest -n 2

lint: $(DONE)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	MYPYPATH=resources/installer $(PY) -m mypy resources/installer/building build_installer.py
	$(VENV)/bin/lint-imports
	$(PY) -m pytest -q tests/test_architecture.py

# What people get, built, started and left in dist/: make installer, make installer TARGET=windows. BUILD="--skip-tests"
# and LINUX_PYTHON=this (this machine's Python and C library instead of the old ones) make it shorter.
TARGET ?= linux
LINUX_PYTHON ?= old
installer: $(DONE)
	@for target in $(TARGET:all=linux windows); do .ci/packages .ci/debian-packages-$$target; done
	$(PY) build_installer.py --target $(TARGET) --linux-python $(LINUX_PYTHON) $(BUILD)

# Installs, starts and removes them in clean systems: minutes, a network, root for the chroots.
WINE_TEST ?= $(HOME)/.cache/famgui-build/wine-test
installer-test: $(DONE)
	@.ci/packages .ci/debian-packages-linux
	@$(PY) -m pytest -q -m product tests/install; said=$$?; $(PY) tests/install/run_wine.py $(WINE_TEST) && exit $$said

bench: $(DONE)
	$(PY) -m benchmarks

# Re-pins everything; needs uv on the PATH. The locks carry hashes and no addresses.
lock:
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --extra freeze -c requirements.lock pyproject.toml -o requirements-freeze.lock
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --group pyproject.toml:build -o requirements-build.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist out
