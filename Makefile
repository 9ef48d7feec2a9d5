# Everything a contributor runs, each target by itself on a machine that has only the Swift tool-chain
# and make. `make` alone lists the targets. Works with GNU make 3.81 and later.

SWIFT     ?= swift
PREFIX    ?= /usr/local
DESTDIR   ?=
DEMO      ?= samples/networks/split-subnet-without-route/network.yaml
# How many random configurations `make conformance` tries; SEED=… tries those of an earlier run again.
COUNT     ?= 50
SEED      ?=
# Further arguments of `swift test`, for example TESTFLAGS='--filter IPv4Space'.
TESTFLAGS ?=

# Swift Testing only: XCTest itself leaks under the address sanitizer.
TEST   := $(SWIFT) test --disable-xctest $(TESTFLAGS)
BINARY := .build/dist/vpnlint

# A binary that is newer than every source is not built again, so that `sudo make install` needs nothing
# on root's path. The folders are listed too: theirs is the date that a removed file changes.
SOURCES := Package.swift $(shell find Sources)

need_swift = command -v $(SWIFT) >/dev/null 2>&1 || { \
	echo "make: '$(SWIFT)' is not on the path; install the Swift tool-chain 6.2 or later: https://www.swift.org/install" >&2; \
	exit 1; }

.DEFAULT_GOAL := help
# SwiftPM locks its build folder: side by side the targets would only wait for each other.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help deps build test conformance demo lint format release bench bench-peers golden new-rule install clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## install libyaml and pkg-config if they are missing (apt-get or brew)
	@complain() { echo "make deps: $$1" >&2; exit 1; }; \
	headers() { pkg-config --exists yaml-0.1 2>/dev/null \
	  && test -f "$$(pkg-config --variable=includedir yaml-0.1)/yaml.h"; }; \
	archive() { test "$$(uname -s)" != Linux || test -f "$$(pkg-config --variable=libdir yaml-0.1)/libyaml.a"; }; \
	if headers && archive; then exit 0; fi; \
	if command -v apt-get >/dev/null 2>&1; then \
	  if test "$$(id -u)" -eq 0; then sudo=; \
	  elif ! command -v sudo >/dev/null 2>&1; then \
	    complain "libyaml-dev and pkg-config are missing, and installing them takes root: there is no sudo here."; \
	  elif test -t 0; then sudo=sudo; \
	  else sudo='sudo -n'; fi; \
	  apt_get="$$sudo env DEBIAN_FRONTEND=noninteractive apt-get"; \
	  echo "make deps: installing libyaml-dev and pkg-config by apt-get"; \
	  $$apt_get install -y --no-install-recommends libyaml-dev pkg-config >/dev/null 2>&1 \
	    || { $$apt_get update && $$apt_get install -y --no-install-recommends libyaml-dev pkg-config; } \
	    || complain "apt-get could not install libyaml-dev and pkg-config; its message is above (no network, or no right to sudo?)."; \
	elif command -v brew >/dev/null 2>&1; then \
	  echo "make deps: installing libyaml and pkg-config by brew"; \
	  brew install libyaml pkg-config \
	    || complain "brew could not install libyaml and pkg-config; its message is above (no network?)."; \
	elif headers; then \
	  echo "make deps: libyaml.a is not here; 'make release' needs it for its static binary, the rest does not." >&2; \
	  exit 0; \
	else \
	  complain "there is neither apt-get nor brew here; install pkg-config and libyaml with its header and static library by hand."; \
	fi; \
	headers && archive \
	  || complain "libyaml was installed, but pkg-config, yaml.h or libyaml.a is still not found (pkg-config --exists yaml-0.1)."

build: deps ## build for debugging
	@$(need_swift)
	$(SWIFT) build

test: deps ## run all tests
	@$(need_swift)
	$(TEST)

conformance: deps ## compare with a real OpenVPN on COUNT random configurations (Linux, root)
	@$(need_swift)
	@test -n "$(COUNT)" || { echo "usage: make conformance COUNT=50 SEED=1" >&2; exit 2; }
	CONFORMANCE="$(COUNT)" CONFORMANCE_SEED="$(SEED)" $(TEST) --filter ConformanceTests.ConformanceTests

demo: build ## lint a network with a real fault and show the report
	@program="$$($(SWIFT) build --show-bin-path)/vpnlint"; \
	echo; echo "$$ vpnlint lint $(DEMO)"; \
	status=0; "$$program" lint "$(DEMO)" || status=$$?; \
	echo; \
	if test $$status -ne 1; then \
	  echo "make demo: vpnlint ended with status $$status; a network with a fault must give 1" >&2; exit 1; \
	fi; \
	echo "vpnlint ended with status 1, as it must: the network has a fault."

lint: deps ## check the layout of the Swift code, the shell scripts and the C programs
	@$(need_swift)
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests
	@for script in $$(find Tests -name '*.sh'); do echo "sh -n $$script"; sh -n "$$script" || exit 1; done
	bash -n .ci/run
	@for program in $$(find Tests/Benchmarks -name '*.c'); do \
	  echo "clang -fsyntax-only $$program"; \
	  clang -std=c11 -Wall -Wextra -Werror -fsyntax-only $$(pkg-config --cflags yaml-0.1) "$$program" || exit 1; \
	done

format: ## lay out the Swift code in place
	@$(need_swift)
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests

release: $(BINARY) ## build the stripped release binary, fully static on Linux
	@echo "$(BINARY)"

$(BINARY): $(SOURCES)
	@$(need_swift)
	@$(MAKE) --no-print-directory deps
	$(SWIFT) build -c release --static-swift-stdlib --product vpnlint
	@mkdir -p $(@D)
	strip -o $@ "$$($(SWIFT) build -c release --show-bin-path)/vpnlint"
	@if test "$$(uname -s)" = Linux; then \
	  if command -v file >/dev/null 2>&1; then linked=$$(file -b $@); \
	  else linked=$$(LC_ALL=C ldd $@ 2>&1 || true); fi; \
	  case "$$linked" in \
	    *"statically linked"* | *"static-pie linked"* | *"not a dynamic executable"*) ;; \
	    *) echo "make release: $@ is not static: $$linked" >&2; exit 1 ;; \
	  esac; \
	fi

bench: release ## measure against the budgets of speed and memory (takes minutes)
	VPNLINT_BENCH=1 $(SWIFT) build -c release --static-swift-stdlib --product EngineBench
	sh Tests/Benchmarks/run.sh $(BINARY) "$$($(SWIFT) build -c release --show-bin-path)/EngineBench"

bench-peers: release ## time other linters beside it, from PyPI in a throw-away environment (takes minutes)
	sh Tests/Benchmarks/peers.sh $(BINARY)

golden: deps ## write the expected reports of the tests anew; look at the difference before committing
	@$(need_swift)
	GOLDEN=write $(TEST)

new-rule: ## write a new rule: make new-rule NAME=kebab-case-name GROUP=2 CODE=VPN224
	@test -n "$(NAME)" && test -n "$(GROUP)" && test -n "$(CODE)" \
	  || { echo "usage: make new-rule NAME=kebab-case-name GROUP=2 CODE=VPN224" >&2; exit 2; }
	@sh Tests/Tools/new-rule.sh "$(NAME)" "$(GROUP)" "$(CODE)"

install: $(BINARY) ## install the release binary below PREFIX (/usr/local); DESTDIR is honoured
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/vpnlint"

clean: ## remove everything that was built
	rm -rf .build
