# What a person types. `make help` lists it; everything else lives in Python.

# The first Python on this machine that is new enough, unless PYTHON says which.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PORT ?= 8000
ARGS ?=
# Test runs side by side, each with servers of its own; 0 keeps to one, which a debugger needs.
WORKERS ?= 2

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
ENV_DONE := $(VENV)/.done
NPM_DONE := node_modules/.done
VENDOR := portal/static/vendor/manifest.json
SOURCES = $(shell find portal -path portal/static/vendor -prune -o \( -name '*.py' -o -name '*.html' -o -name '*.css' -o -name '*.js' \) -print)
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help run env assets test check bench faults shots strings strings-check fuzz lock

help: ## Liệt kê các lệnh này
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: env assets ## Chạy cả thành phố trên máy này; PORT=8001 đổi cổng, ARGS=--history có sẵn nửa năm, Ctrl-C dừng
	@$(PY) -m portal.local.up --port $(PORT) $(ARGS)

env: $(ENV_DONE) ## Chỉ tạo môi trường Python

assets: $(VENDOR) ## Cài và chép phần giao diện mà trình duyệt cần

test: env assets ## Chạy mọi bài kiểm thử; ARGS="-k từ" để chọn
	@$(PY) -m pytest --numprocesses $(WORKERS) --dist loadgroup $(ARGS)

check: env ## Kiểm tra trình bày, lỗi, kiểu và hướng import
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports

bench: env assets ## Đo tốc độ, so với mức sàn của cùng lần chạy
	@$(PY) -m benchmarks $(ARGS)

faults: env ## Giết tiến trình, cắt máy thư, ngắt hàng đợi: không mất, không gửi hai lần; ARGS="F1 F5" để chọn
	@$(PY) -m tests.faults $(ARGS)

strings: env ## Gom mọi câu hiện ra cho người dùng vào bản dịch tiếng Anh
	@$(PY) -m portal.local.strings

strings-check: env ## Câu nào chưa dịch, dịch sai chỗ điền
	@$(PY) -m portal.local.strings check

shots: env assets ## Chụp mọi trang, mọi tin gửi đi, hai cỡ, sáng và tối, vào var/shots; ARGS=board chọn trang, ARGS=messages chỉ tin
	@$(PY) -m tests.browser.shots $(ARGS)

fuzz: env ## Tìm tệp làm trình đọc kế hoạch hỏng; ARGS="docx 300" chọn dạng tệp và số giây
	@$(PIP) install --quiet atheris
	@$(PY) -m tests.fuzz.fuzz_reading $(ARGS)

lock: env ## Khóa lại phiên bản thư viện; ARGS=--upgrade lấy bản mới
	@$(PIP) install --quiet uv
	@$(PY) -m $(LOCK) --extra local --extra dev $(ARGS) --output-file requirements.lock
	@$(PY) -m $(LOCK) --constraints requirements.lock --output-file deploy/requirements.lock
	@npm install --package-lock-only

$(ENV_DONE): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên. Nếu đã cài ở nơi khác: make $(MAKECMDGOALS) PYTHON=/đường/dẫn/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên; $(PYTHON) cũ hơn." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python này thiếu mô-đun venv. Trên Debian, Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Tạo môi trường Python (lần đầu khoảng một phút)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --no-deps --requirement requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(NPM_DONE): package.json package-lock.json .npmrc | $(ENV_DONE)
	@echo "Cài phần giao diện (phông chữ, biểu tượng, htmx)"
	@$(PY) -m portal.local.assets --install-only
	@touch $@

$(VENDOR): $(NPM_DONE) $(SOURCES)
	@$(PY) -m portal.local.assets --no-install
