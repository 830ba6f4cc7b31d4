# Everything a developer or an operator types. `make help` lists it.

HOST ?= 127.0.0.1
PORT ?= 8000
AGENCIES ?= 1284

BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)
PO := site/chengxin/translations/zh_Hans_CN/LC_MESSAGES/messages.po
MO := $(PO:.po=.mo)

.PHONY: help setup run test check format bench clean
.DEFAULT_GOAL := help

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.ready $(MO) ## Build .venv with what the site needs

run: setup ## Serve the site with invented sample data (HOST, PORT, AGENCIES)
	@$(BIN)/chengxin serve --sample --agencies $(AGENCIES) --host $(HOST) --port $(PORT)

# Several processes have to name the parameters of the tests in one order, so hashes may not differ.
test: .venv/.tools $(MO) ## Run every test, on every processor
	@PYTHONHASHSEED=0 $(BIN)/pytest -n auto --dist loadfile

check: .venv/.tools $(MO) ## Format, lint, floors, types, catalogues
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/pytest -q tests/house

format: .venv/.tools ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: .venv/.tools $(MO) ## Measure against rivals in one run and print the ratios
	@$(BIN)/python -m tests.bench

clean: ## Remove everything that can be made again, but not the data
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist $(MO)

.venv/.ready: pyproject.toml uv.lock
ifdef UV
	@$(UV) sync --quiet --frozen --inexact --extra postgres --extra redis
else
	@python3 -m venv .venv
	@$(BIN)/pip install --quiet --editable '.[postgres,redis]'
endif
	@touch $@

.venv/.tools: .venv/.ready
ifdef UV
	@$(UV) sync --quiet --frozen --inexact --extra dev
else
	@$(BIN)/pip install --quiet --editable '.[dev]'
endif
	@touch $@

$(MO): $(PO) .venv/.ready
	@$(BIN)/pybabel --quiet compile --directory site/chengxin/translations --locale zh_Hans_CN
	@touch $@
