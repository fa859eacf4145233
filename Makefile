# Two commands set a fresh machine up: `make demo` and `make test`.
SHELL := /bin/bash
SCRATCH := $(or $(ASSAY_BUILD_CACHE),$(HOME)/.cache/assay-build)
RELEASE := $(SCRATCH)-release
SWIFT_BUILD := swift build --scratch-path "$(SCRATCH)"
ASSAY := $(SCRATCH)/debug/assay
DEMO := .build-demo
PREFIX ?= /usr/local

.PHONY: help setup build demo test lint format docs bench release install fuzz full clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

setup: ## install the system libraries that a build needs
	@scripts/setup build

# One debug build serves demo and test: SwiftPM compiles everything anew when it switches between them.
build: setup ## build the command line and the tests (debug)
	@echo "building assay into $(SCRATCH) (a first build takes about 10 minutes on two cores)"
	@$(SWIFT_BUILD) --build-tests

demo: build ## scan the bundled example estate offline and show where the report is
	@scripts/demo "$(ASSAY)" "$(DEMO)"

test: setup ## everything a newcomer needs to trust a change
	@scripts/test "$(SCRATCH)"

lint: ## formatting, without changing anything
	@swift format lint --strict --parallel -r Package.swift Sources Tests Catalogue/Catalogue.swift Plugins
	@echo "lint: clean"

format: ## format the sources in place
	@swift format -i --parallel -r Package.swift Sources Tests Catalogue/Catalogue.swift Plugins

docs: build ## write the command reference to docs/reference
	@scripts/reference "$(ASSAY)" docs/reference

bench: setup ## measure every figure of docs/performance.md against a yardstick of the same run
	@scripts/setup bench
	@scripts/bench

release: setup ## build the release binary
	@swift build -c release --static-swift-stdlib --scratch-path "$(RELEASE)" --product assay
	@ls -l "$(RELEASE)/release/assay"

install: release ## install the release binary below PREFIX (default /usr/local)
	@install -D -m 755 "$(RELEASE)/release/assay" "$(DESTDIR)$(PREFIX)/bin/assay"
	@echo "installed $(DESTDIR)$(PREFIX)/bin/assay"

fuzz: setup ## a long run of damaged lines and documents against both readers
	@scripts/fuzz "$(SCRATCH)"

full: test release ## what is too slow for every change: release start time, large inputs, kill runs, figures
	@scripts/full "$(RELEASE)/release/assay" "$(SCRATCH)"
	@scripts/setup bench
	@scripts/bench

clean: ## remove build results of this checkout
	@rm -rf .build $(DEMO)
