# Two commands: `make demo` and `make test`; both set everything up in .venv first.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
WORKERS ?= 2
# What the gazetteer is built from, when the package is installed.
NAMES := $(addprefix src/wirecopy/normalise/data/,admin1.toml countries.toml divisions.toml exonyms.toml standalone.toml)

.PHONY: demo run test check lint types layers campaign benchmark wheel clean
.DEFAULT_GOAL := demo

$(READY): pyproject.toml constraints.txt build_places.py $(NAMES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Wirecopy needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "python3 -m venv is missing: apt-get install python3-venv"; exit 1; }
	@echo "Installing pinned versions into .venv (once) ..."
	@PIP_CONSTRAINT=$(CURDIR)/constraints.txt $(BIN)/python -m pip install -qq --disable-pip-version-check -e '.[dev]'
	@touch $@

demo: $(READY)  ## the main job end to end, offline, on sample wires
	@$(BIN)/wirecopy demo

run: $(READY)  ## poll the real public wires into warehouse/data/wirecopy.duckdb
	@$(BIN)/wirecopy poll

test: $(READY)  ## all tests, offline, in parallel
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

check: lint types layers test  ## what CI runs before the demo

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

layers: $(READY)
	@$(BIN)/lint-imports 

campaign: $(READY)  ## long crash and scale campaigns
	@$(BIN)/python -m pytest -m campaign

benchmark: $(READY)  ## every figure that README and CHANGELOG quote
	@for file in tests/benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

wheel: $(READY)
	@$(BIN)/python -m build --wheel --no-isolation

clean:
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache
