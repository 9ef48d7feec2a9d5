# Everything a contributor runs, each target by itself on a machine that has only the Swift tool-chain
# and make. `make` alone lists the targets. Works with GNU make 3.81 and later.

SWIFT     ?= swift
PREFIX    ?= /usr/local
DESTDIR   ?=
DEMO      ?= samples/networks/split-subnet-without-route/network.yaml
# How many random configurations `make conformance` tries; SEED=… tries those of an earlier run again.
COUNT     ?= 50
SEED      ?=
# Which targets `make fuzz` feeds with hostile texts, and for how long each. INPUT=… gives one of them one text.
TARGET    ?= tree lint answers settings fixes terraform ibm netstat ip-route ip-route-json route-print
SECONDS   ?= 60
INPUT     ?=
# Further arguments of `swift test`, for example TESTFLAGS='--filter IPv4Space'.
TESTFLAGS ?=

# Swift Testing only: XCTest itself leaks under the address sanitizer.
TEST   := $(SWIFT) test --disable-xctest $(TESTFLAGS)
BINARY := .build/dist/vpnlint

# Paths of this machine stay out of the release, so that the same source gives the same bytes in every folder.
RELEASE := -c release --static-swift-stdlib \
  -Xswiftc -file-prefix-map -Xswiftc "$(CURDIR)=." -Xcc "-ffile-prefix-map=$(CURDIR)=."
# Nor do two sums of what the compiler was called with, paths and all; nothing reads them in a program that is finished.
STRIP := strip
ifeq ($(shell uname -s),Linux)
STRIP += --remove-section=.note.gnu.build-id --remove-section=.swift_modhash
endif

# What is installed besides the program, written by the program itself and laid out as below PREFIX.
SHARED := share/man/man1/vpnlint.1 \
  share/bash-completion/completions/vpnlint share/zsh/site-functions/_vpnlint \
  share/fish/vendor_completions.d/vpnlint.fish \
  share/vpnlint/model.schema.json share/vpnlint/settings.schema.json

# The date of everything in the tarball and on the manual page; the last commit's if nothing else is said.
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null)
TAR ?= tar
# `$$(name)` in a recipe: name, version, system and machine, as the tarball is called.
NAME = vpnlint-$$($(BINARY) --version)-$$(uname -s | tr A-Z a-z)-$$(uname -m)

# A binary that is newer than every source is not built again, so that `sudo make install` needs nothing
# on root's path. The folders are listed too: theirs is the date that a removed file changes.
SOURCES := Package.swift $(shell find Sources -name '*.docc' -prune -o -print)

need_swift = command -v $(SWIFT) >/dev/null 2>&1 || { \
	echo "make: '$(SWIFT)' is not on the path; install the Swift tool-chain 6.2 or later: https://www.swift.org/install" >&2; \
	exit 1; }

.DEFAULT_GOAL := help
# SwiftPM locks its build folder: side by side the targets would only wait for each other.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help deps build test sanitize fuzz fuzz-corpus conformance demo lint format library docs release dist \
  check-dist bench bench-peers golden new-rule install uninstall clean

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

# Everything is many times slower here: of the long random tests a tenth is done (Tests/TestSupport/Effort.swift).
sanitize: deps ## run the tests under the address and the thread sanitizer (takes long)
	@$(need_swift)
	LSAN_OPTIONS=suppressions="$(CURDIR)/Tests/Tools/leaks.txt" \
	TEST_EFFORT=0.1 $(TEST) --sanitize address --scratch-path .build-address
	TSAN_OPTIONS=suppressions="$(CURDIR)/Tests/Tools/races.txt" \
	TEST_EFFORT=0.1 $(TEST) --sanitize thread --scratch-path .build-thread

# Optimised, with libFuzzer's counters, the address sanitizer and the assertions of debug builds.
FUZZING := .build-fuzz/release/Fuzzing
build_fuzzing = VPNLINT_FUZZ=1 $(SWIFT) build -c release --scratch-path .build-fuzz --product Fuzzing \
	--sanitize address -Xswiftc -sanitize=fuzzer -Xswiftc -assert-config -Xswiftc Debug

fuzz: deps ## feed hostile texts to readers, rules and fixes: make fuzz TARGET=lint SECONDS=600 (Linux)
	@$(need_swift)
	$(build_fuzzing)
	@INPUT="$(INPUT)" sh Tests/Fuzzing/run.sh $(FUZZING) "$(SECONDS)" $(TARGET)

fuzz-corpus: deps ## put what `make fuzz` found worth keeping into the committed corpora
	@$(need_swift)
	$(build_fuzzing)
	@MERGE=1 sh Tests/Fuzzing/run.sh $(FUZZING) "$(SECONDS)" $(TARGET)

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

library: build ## build the package that uses vpnlint as a library, and compare what it prints
	@$(need_swift)
	sh Tests/Tools/check-library.sh $(SWIFT)

docs: deps ## write the documentation of the library as a site, .build/docs
	@$(need_swift)
	sh Tests/Tools/docs.sh $(SWIFT)

format: ## lay out the Swift code in place
	@$(need_swift)
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests

release: $(BINARY) $(addprefix .build/dist/,$(SHARED)) ## build the stripped release binary, fully static on Linux
	@echo "$(BINARY)"

$(BINARY): $(SOURCES)
	@$(need_swift)
	@$(MAKE) --no-print-directory deps
	$(SWIFT) build $(RELEASE) --product vpnlint
	@mkdir -p $(@D)
	$(STRIP) -o $@ "$$($(SWIFT) build $(RELEASE) --show-bin-path)/vpnlint"
	@if test "$$(uname -s)" = Linux; then \
	  if command -v file >/dev/null 2>&1; then linked=$$(file -b $@); \
	  else linked=$$(LC_ALL=C ldd $@ 2>&1 || true); fi; \
	  case "$$linked" in \
	    *"statically linked"* | *"static-pie linked"* | *"not a dynamic executable"*) ;; \
	    *) echo "make release: $@ is not static: $$linked" >&2; exit 1 ;; \
	  esac; \
	fi

$(addprefix .build/dist/,$(SHARED)): $(BINARY)
	@mkdir -p $(@D)
	@export SOURCE_DATE_EPOCH="$(SOURCE_DATE_EPOCH)"; case $(@F) in \
	  vpnlint.1)             $(BINARY) manual ;; \
	  vpnlint)               $(BINARY) --generate-completion-script bash ;; \
	  _vpnlint)              $(BINARY) --generate-completion-script zsh ;; \
	  vpnlint.fish)          $(BINARY) --generate-completion-script fish ;; \
	  model.schema.json)     $(BINARY) schema ;; \
	  settings.schema.json)  $(BINARY) schema --settings ;; \
	esac >$@

# Only files are packed: a folder in a tarball would replace a link, and give its mode and owner to a folder that is there.
dist: $(BINARY) $(addprefix .build/dist/,$(SHARED)) ## pack the release into a tarball, the same bytes each time
	@test -n "$(SOURCE_DATE_EPOCH)" \
	  || { echo "make dist: this is no git clone; give a date for the files: make dist SOURCE_DATE_EPOCH=1767225600" >&2; exit 2; }
	@$(TAR) --version 2>/dev/null | grep -q 'GNU tar' && command -v sha256sum >/dev/null \
	  || { echo "make dist: GNU tar and sha256sum are needed for a tarball that is always the same; try TAR=gtar" >&2; exit 2; }
	@rm -rf .build/dist/stage
	@$(MAKE) --no-print-directory -s install DESTDIR=".build/dist/stage/$(NAME)" PREFIX= >/dev/null
	@set -e; name="$(NAME)"; cd ".build/dist/stage/$$name"; \
	SOURCE_DATE_EPOCH="$(SOURCE_DATE_EPOCH)" bin/vpnlint manual >share/man/man1/vpnlint.1; \
	mkdir -p share/doc/vpnlint; \
	cp -R "$(CURDIR)/README.md" "$(CURDIR)/samples" share/doc/vpnlint/; \
	find bin share -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 sha256sum >../SHA256SUMS; \
	mv ../SHA256SUMS share/doc/vpnlint/; \
	cd ..; \
	find "$$name" -type f | LC_ALL=C sort | tr '\n' '\0' \
	| $(TAR) --null --files-from=- --format=ustar --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
	  --mtime="@$(SOURCE_DATE_EPOCH)" -cf - | gzip -9n >"../$$name.tar.gz"; \
	cd ..; rm -r stage; \
	sha256sum "$$name.tar.gz" >"$$name.tar.gz.sha256"; \
	cat "$$name.tar.gz.sha256"; \
	echo ".build/dist/$$name.tar.gz"

check-dist: dist ## unpack the tarball and try what is in it
	@sh Tests/Tools/check-dist.sh ".build/dist/$(NAME).tar.gz"

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

# A folder that is there keeps its mode, which `install -d` would change.
make_folder = test -d "$(1)" || install -d "$(1)"

install: $(BINARY) $(addprefix .build/dist/,$(SHARED)) ## install program, manual page and completions below PREFIX (/usr/local); DESTDIR is honoured
	@$(call make_folder,$(DESTDIR)$(PREFIX)/bin)
	install -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/vpnlint"
	@set -e; for file in $(SHARED); do \
	  $(call make_folder,$(DESTDIR)$(PREFIX)/$${file%/*}); \
	  echo "install -m 644 $$file"; \
	  install -m 644 .build/dist/$$file "$(DESTDIR)$(PREFIX)/$$file"; \
	done

uninstall: ## remove what `make install` installed
	rm -f "$(DESTDIR)$(PREFIX)/bin/vpnlint" $(foreach file,$(SHARED),"$(DESTDIR)$(PREFIX)/$(file)")
	@rmdir "$(DESTDIR)$(PREFIX)/share/vpnlint" 2>/dev/null || true

clean: ## remove everything that was built
	rm -rf .build .build-fuzz .build-address .build-thread .build-library
