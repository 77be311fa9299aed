# `make scan` shows the whole way on the bundled fixtures, offline; `make test` runs every test.
SWIFT   ?= swift
PROGRAM := .build/release/exuvia
DEMO    := .build/demo
HEADERS := /usr/include/pcre2.h /usr/include/zlib.h /usr/include/sqlite3.h
PACKAGES := libpcre2-dev zlib1g-dev libsqlite3-dev pkg-config

.PHONY: scan test build lint rules kinds bench recall dependencies clean

scan: build
	@mkdir -p $(DEMO)
	@rm -f $(DEMO)/exuvia.*; touch $(DEMO)/exuvia.yml
	@$(PROGRAM) rules fill fixtures/archive/town.ndjson > $(DEMO)/town.ndjson
	@echo; echo "$$ exuvia scan archive:town.ndjson"
	@$(PROGRAM) scan --store $(DEMO)/exuvia.db --config $(DEMO)/exuvia.yml --verbose archive:$(DEMO)/town.ndjson
	@echo; echo "$$ exuvia agents"
	@$(PROGRAM) agents --store $(DEMO)/exuvia.db
	@echo; echo "$$ exuvia agent QuartzFerret"
	@$(PROGRAM) agent --store $(DEMO)/exuvia.db moltbook/QuartzFerret
	@echo; echo "$$ exuvia plan QuartzFerret"
	@$(PROGRAM) plan --store $(DEMO)/exuvia.db moltbook/QuartzFerret

build: dependencies
	@echo "Building in release; the first time takes some minutes."
	@$(SWIFT) build -c release --product exuvia

test: dependencies
	$(SWIFT) test --no-parallel

lint:
	$(SWIFT) format lint --strict -r Package.swift Sources Tests

rules: dependencies
	$(SWIFT) run exuvia rules check patterns

# The page of what the rules know.
kinds: dependencies
	$(SWIFT) run exuvia rules list --markdown > .build/kinds.md && mv .build/kinds.md patterns/README.md

bench: dependencies
	$(SWIFT) run -c release bench --assert

recall: dependencies
	$(SWIFT) run -c release bench recall

# The C libraries that the build links; asked for only where one is missing.
dependencies:
	@command -v $(firstword $(SWIFT)) >/dev/null || { echo "Swift 6.2 or newer is needed: https://www.swift.org/install"; exit 1; }
	@missing=; for file in $(HEADERS); do [ -e $$file ] || missing=1; done; \
	if [ -n "$$missing" ]; then \
	  if ! command -v apt-get >/dev/null; then \
	    echo "Please install PCRE2, zlib and SQLite with their headers (Debian's names: $(PACKAGES)), then run make again."; exit 1; \
	  fi; \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  echo "Installing $(PACKAGES)"; \
	  log=$$(mktemp); \
	  { $$sudo apt-get update && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $(PACKAGES); } >$$log 2>&1 \
	    || { cat $$log; echo "Installing failed: install $(PACKAGES) by hand, then run make again."; exit 1; }; \
	fi

clean:
	rm -rf .build
