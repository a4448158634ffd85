# Two commands are enough: `make run` and `make test`. Each brings what it needs.
# PYTHON=python3.12 make run   chooses another Python for the virtual environment (3.11 or newer).

PYTHON ?= python3
MACHINE = .venv/bin/python -m practice.machine
BRING = $(PYTHON) -m practice.machine.bootstrap

# What Python compiled is kept for the next process, whatever the environment says: a start is twice as quick.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run stop test test-deep check bench format
.SILENT:

help: ## Say what there is
	awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Everything, from a bare checkout to the running product with its fictional practice
	$(BRING)
	$(MACHINE) run

stop: ## End what `make run` started, from another terminal
	$(PYTHON) -m practice.machine stop

test: ## The whole suite, on a real PostgreSQL and in a real browser. ARGS="tests/practice -k walk" narrows it
	$(BRING) --dev
	$(MACHINE) test -- $(ARGS)

test-deep: ## What takes too long for every change: long fuzzing, races, more examples. An hour or so; CI does it nightly
	$(BRING) --dev
	$(MACHINE) test-deep -- $(ARGS)

check: ## Format, rules, types, floors, migrations, settings, templates
	$(BRING) --dev --without-browser
	$(MACHINE) check

bench: ## Speed, beside floors measured in the same run
	$(BRING) --dev --without-browser
	$(MACHINE) bench -- $(ARGS)

format: ## Put Python into its one format
	$(BRING) --dev --without-browser
	.venv/bin/ruff format --quiet .
	.venv/bin/ruff check --quiet --fix .
