# One way to run everything. `make demo` and `make test` are all that a newcomer needs.
#
#   make demo     build .venv (light core only), align a sample statement, show what came out
#   make test     install what the tests need as well, and run them
#   make check    ruff and mypy
#   make bench    the benchmarks
#   make model    train the embedded model anew, from bitext in SHARED (and in the directories EXTRA), into MODEL
#   make weights  learn the aligner's weights anew, from gold in SHARED, into WEIGHTS
#   make judge    learn the weights of `align memory score` anew
#   make clean    remove what the other targets made
#
# PYTHON=python3.12 make demo       with another Python
# make test TESTS="tests/test_cli.py -k beads"

PYTHON ?= python3
VENV   ?= .venv
TESTS  ?=
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
# Ahead of the first run, which is then as fast as the others, also where Python may write no bytecode of its own.
COMPILE := $(BIN)/python -m compileall -q align corpora
# The same for what searches long documents; where numba does not work, they are searched without it.
KERNEL  := $(BIN)/python -c 'from align.aligner.kernel import machine; machine.kernel()' 2>/dev/null || true

# Data for training and measuring; not part of the project.
SHARED  ?= ../shared
MODEL   ?= build/model
WEIGHTS ?= build/weights.json
DEVICE  ?= cpu
EXTRA   ?=

SAMPLE := corpora/statements/01-comment

.DELETE_ON_ERROR:
.PHONY: demo test check bench model weights judge clean help

help:
	@sed -n 's/^#   //p' Makefile

demo: $(VENV)/core.stamp
	@mkdir -p demo
	@$(BIN)/align pair $(SAMPLE).ru.txt $(SAMPLE).en.txt -o demo/comment.tmx -o demo/comment.jsonl --quiet
	@$(BIN)/align show demo/comment.jsonl
	@echo
	@echo "The translation memory is demo/comment.tmx; the whole result is kept in demo/comment.jsonl."
	@echo "Now try your own texts:"
	@echo
	@echo "    . $(BIN)/activate"
	@echo "    align pair SOURCE.txt TRANSLATION.txt -o memory.tmx"
	@echo "    align --help"

test: $(VENV)/test.stamp
	@$(BIN)/python -m pytest $(TESTS)

check: $(VENV)/test.stamp
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

bench: $(VENV)/test.stamp
	@$(BIN)/python benchmarks/encoding.py
	@$(BIN)/python benchmarks/splitting.py
	@$(BIN)/python benchmarks/hostile.py
	@$(BIN)/python benchmarks/srx.py
	@$(BIN)/python benchmarks/exporting.py --units 100000
	@$(BIN)/python benchmarks/round_trips.py --total 2800
	@$(BIN)/python benchmarks/retrieval.py "$(SHARED)/gold" --bitext "$(SHARED)/bitext"
	@$(BIN)/python benchmarks/adaptation.py "$(SHARED)/bitext" "$(SHARED)/gold"
	@$(BIN)/python benchmarks/alignment.py "$(SHARED)/gold"
	@$(BIN)/python benchmarks/scale.py "$(SHARED)/bitext" --sizes 100 1000 10000
	@$(BIN)/python benchmarks/language.py "$(SHARED)/gold" "$(SHARED)/bitext"
	@$(BIN)/python benchmarks/structure.py "$(SHARED)/gold"
	@$(BIN)/python benchmarks/matching.py "$(SHARED)/gold" "$(SHARED)/bitext"
	@$(BIN)/python benchmarks/memories.py
	@$(BIN)/python benchmarks/memory_scoring.py "$(SHARED)/gold"

model: $(VENV)/test.stamp
	@MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=4000000000 OMP_WAIT_POLICY=passive \
	  $(BIN)/python -m align.training --bitext "$(SHARED)/bitext" $(addprefix --extra ,$(EXTRA)) \
	  --held-out "$(SHARED)/gold/held-out.sha256.gz" \
	  --gold "$(SHARED)/gold" --tokeniser align/model/tokenizer.json --device $(DEVICE) --out "$(MODEL)"

weights: $(VENV)/test.stamp
	@$(BIN)/python -m align.training.weights --gold "$(SHARED)/gold" --out "$(WEIGHTS)"

judge: $(VENV)/test.stamp
	@$(BIN)/python -m align.training.judge --gold "$(SHARED)/gold" --out align/memory/scoring/weights.json

clean:
	rm -rf $(VENV) demo build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find align corpora tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps, so that a second run starts at once; a change of what is to be installed makes them anew.
$(VENV)/core.stamp: $(VENV)/venv.stamp pyproject.toml constraints.txt
	@echo "Installing into $(VENV) …"
	@$(PIP) -e .
	@$(COMPILE)
	@$(KERNEL)
	@touch $@

$(VENV)/test.stamp: $(VENV)/venv.stamp pyproject.toml constraints.txt
	@echo "Installing into $(VENV), with what the tests need …"
	@$(PIP) -e '.[test]'
	@$(COMPILE)
	@$(KERNEL)
	@touch $(VENV)/core.stamp $@

$(VENV)/venv.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "error: $(PYTHON) is missing or older than 3.11; name a newer one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "error: $(PYTHON) has no venv module; on Debian: apt-get install python3-venv" >&2; \
	  exit 1; }
	@echo "Building $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@
