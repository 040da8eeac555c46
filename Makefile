# The few commands of this project. Each sets up what it needs in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

BUNDLE := build/venv
RELEASES ?= bookworm trixie

.PHONY: run test lint bench torture screenshots deb deb-trial deb-old windows windows-trial \
 clean

$(STAMP): constraints.txt pyproject.toml
	PYTHON=$(PYTHON) packaging/prepare.sh venv
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

run: $(STAMP) ## open the window on a sample report; without a display, do the main job without one
	@PYTHON=$(PYTHON) packaging/prepare.sh window
	@BIN=$(BIN) packaging/try.sh

test: $(STAMP) ## run all tests
	@PYTHON=$(PYTHON) packaging/prepare.sh test
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(STAMP) ## ruff, mypy
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(STAMP) ## measure speed as ratios: docs/benchmarks.md, build/bench.json
	@PYTHON=$(PYTHON) packaging/prepare.sh test
	$(BIN)/python -m tests.bench

torture: $(STAMP) ## break it on purpose, for an hour: 1,000 kills, every cut, every damage; docs/reliability.md
	@PYTHON=$(PYTHON) packaging/prepare.sh test
	TORTURE=1 $(BIN)/python -m pytest tests/reliability -n 2 --dist loadfile --timeout=0 \
	 -o faulthandler_timeout=0

screenshots: $(STAMP) ## photograph the real window into docs/screenshots
	@PYTHON=$(PYTHON) packaging/prepare.sh test
	$(BIN)/python packaging/screenshots.py

# What is shipped, and the tools that pack it; no tests, no linters.
$(BUNDLE)/.installed: packaging/constraints.txt packaging/shipped.py $(STAMP)
	$(PYTHON) -m venv $(BUNDLE)
	$(BIN)/python packaging/shipped.py > $(BUNDLE)/shipped.txt
	$(BUNDLE)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	 --only-binary=:all: -r $(BUNDLE)/shipped.txt -r packaging/constraints.txt
	touch $@

deb: $(BUNDLE)/.installed ## the Debian package: dist/nianbao_*.deb
	@PYTHON=$(PYTHON) packaging/prepare.sh deb
	$(BUNDLE)/bin/python packaging/deb/build.py

deb-trial: ## try the Debian package on bare Debians, as root: RELEASES=bookworm
	@PYTHON=$(PYTHON) packaging/prepare.sh trial
	set -e; for release in $(RELEASES); do $(PYTHON) packaging/deb/trial.py $$release; done

deb-old: $(STAMP) ## the Debian package for older desktops, made as root: dist/old
	@PYTHON=$(PYTHON) packaging/prepare.sh trial
	$(BIN)/python packaging/deb/old.py

windows: $(BUNDLE)/.installed ## the Windows setup and portable .zip, made here: dist/
	@PYTHON=$(PYTHON) packaging/prepare.sh windows
	$(BUNDLE)/bin/python packaging/windows/build.py

windows-trial: ## try both under wine
	@PYTHON=$(PYTHON) packaging/prepare.sh windows-trial
	$(PYTHON) packaging/windows/trial.py

clean:
	rm -rf build dist $(VENV)
