# A fresh Debian 12 with Python 3.11, pip and make is enough: `make run` and `make test` install the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed

# The checks read the settings but reach no server.
UNREACHABLE := SECRET_KEY=only-for-checks DATABASE_URL='postgres://x@/x?host=/nowhere' \
	REDIS_URL=unix:///nowhere EMAIL_URL=smtp://127.0.0.1:1
TEMPLATES = $$(find templates */templates -name '*.html' -not -path '*/node_modules/*' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help install run test check bench faults guide lock chromium

help:  ## list these targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

install: $(INSTALLED)  ## install the pinned packages into .venv

# No ensurepip: Debian keeps python3-venv apart, and the machine's own pip can install into the venv.
$(INSTALLED): requirements.lock
	@echo "Cài các gói đã ghim phiên bản vào $(VENV) (chỉ lần đầu và khi danh sách đổi) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip $(VENV)
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check \
		--root-user-action=ignore --require-hashes -r requirements.lock
	@touch $@

run: $(INSTALLED)  ## start everything, with the sample committee; Ctrl-C stops it
	@exec $(BIN)/python -m portal.embedded run

test: $(INSTALLED) chromium check  ## every check and every test
	$(BIN)/python -m pytest -m "not stack" --numprocesses=auto --maxprocesses=4 --dist=loadgroup --no-loadscope-reorder
	$(BIN)/python -m pytest -m stack  # one by one: each is a whole house, and the faults count seconds

check: $(INSTALLED)  ## the quick checks: style, templates, layers, types, migrations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	$(BIN)/lint-imports
	$(UNREACHABLE) $(BIN)/mypy
	$(UNREACHABLE) $(BIN)/python -W ignore manage.py makemigrations --check --dry-run

bench: $(INSTALLED)  ## measure pages and mails against a bare Django floor, lists, and the search
	$(BIN)/python -m bench

faults: $(INSTALLED)  ## the long run of the fault tests
	$(BIN)/python -m pytest -m faults --faults=long

guide: $(INSTALLED) chromium  ## take the pictures of docs/guide anew
	$(BIN)/python -m pytest tests/stories --guide

lock: $(INSTALLED)  ## pin anew after a change of pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --all-extras --group dev \
		--no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock

chromium:
	@command -v chromium >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Cài Chromium cho các bài kiểm thử bằng trình duyệt …"; \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium fonts-noto-core >/dev/null; \
	else \
		echo "Không có Chromium và không phải root: các bài kiểm thử bằng trình duyệt sẽ bị BỎ QUA."; \
		echo "Muốn chạy chúng: sudo apt-get install chromium fonts-noto-core"; \
	fi
