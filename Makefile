# make report and make test build the environment (.venv) first when it is missing or older than its lock.
CORPUS ?= data/seeds
BASE ?= main
ARGS ?=
TESTS ?=
PYTHON ?=
export PYTHON BASE CORPUS
python := .venv/bin/python
ready := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help report pdf lab diff test test-browser bench lint format notebooks lock dev clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo; echo "  CORPUS=path/to/folder chooses the articles (now: $$CORPUS); ARGS='--jobs 4' passes options to the report or JupyterLab"

report: $(ready) ## run every notebook on CORPUS into reports/<corpus>/ (HTML)
	@$(python) -m helpers report "$$CORPUS" $(ARGS)

pdf: report ## print the pages of the report of CORPUS into reports/<corpus>-pdf/ (needs a Chromium)
	@$(python) tools/pdf.py "$$CORPUS"

lab: $(ready) ## explore the notebooks in JupyterLab (on this machine alone, with a token)
	@home=$${PARALLAX_HOME:-.}; PYTHONUTF8=1 JUPYTER_PREFER_ENV_PATH=1 \
		$(python) -m jupyter lab --notebook-dir="$$home" $(ARGS) "$$home/notebooks/explore.ipynb"

diff: $(ready) ## show which notebook sources and findings changed since BASE
	@$(python) tools/review.py --corpus "$$CORPUS" -- "$$BASE"

test: $(ready) ## run every test, the notebooks' stored outputs included
	@$(python) -m pytest $(TESTS)

test-browser: $(ready) ## test pages and JupyterLab in the system's Chromium; skipped where there is none
	@$(python) -m pytest -q -rs tests/browser

bench: $(ready) ## measure speed and memory into benchmarks/RESULTS.md (long; ARGS='--sizes 100 1000 10000')
	@$(python) benchmarks/speed.py $(ARGS)

lint: $(ready) ## check style, format and the notebooks' normal form
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && $(python) tools/normalise.py --check notebooks/*.ipynb

format: $(ready) ## mend style and format
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

notebooks: $(ready) ## re-execute the committed notebooks on data/seeds and store their outputs
	@$(python) -m helpers report data/seeds --force
	@$(python) tools/normalise.py --executed data/interim/seeds/notebooks notebooks/[0-9]*.ipynb
	@$(python) tools/normalise.py notebooks/explore.ipynb

lock: $(ready) ## write requirements.lock anew from pyproject.toml
	@.venv/bin/uv pip compile --quiet --universal --fork-strategy fewest --generate-hashes --python-version 3.11 \
		--group dev --custom-compile-command "make lock" pyproject.toml -o requirements.lock

# git runs drivers at the top of a working tree; one without an environment takes that of the clone it belongs to.
driver := PATH="$$PWD/.venv/bin:$$(git rev-parse --git-common-dir)/../.venv/bin:$$PATH"
dev: $(ready) ## set this clone up for changing things: pre-commit hooks, notebook diff and merge drivers
	@.venv/bin/pre-commit install
	@git config diff.jupyternotebook.command '$(driver) git-nbdiffdriver diff'
	@git config merge.jupyternotebook.driver \
		'$(driver) git-nbmergedriver merge --ignore-outputs %O %A %B %L %P'
	@git config merge.jupyternotebook.name "nbdime, for notebooks"
	@echo "Ready: checks before each commit, nbdime for notebook diffs and merges"

clean: ## remove tables and reports (never articles)
	@rm -rf data/interim reports/*/

$(ready): requirements.lock pyproject.toml tools/environment.sh tools/lab_overrides.json
	@sh tools/environment.sh
