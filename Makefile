# provider_codes: status codes of bank and ledger data providers, as a PostgreSQL type.

EXTENSION = provider_codes
MODULE_big = provider_codes
DATA = sql/provider_codes--1.0.sql

OBJS = \
	src/provider_codes.o \
	src/ref.o \
	src/catalog.o \
	src/meaning.o \
	src/text_match.o \
	src/status_label.o \
	src/status_code_syntax.o \
	src/status_code.o \
	src/status_code_hint.o \
	src/status_code_io.o \
	src/status_code_op.o \
	src/status_code_like.o \
	src/status_code_parts.o \
	src/status_code_match.o \
	src/overrides.o \
	src/overrides_rows.o \
	src/overrides_table.o \
	src/overrides_trigger.o \
	src/lookup.o \
	src/status_code_meaning.o \
	src/user_message.o \
	src/retry.o \
	src/job_status.o \
	src/payload.o \
	src/payload_variant.o \
	src/predicate.o \
	src/planner.o \
	src/planner_operators.o \
	src/planner_rights.o \
	src/planner_scan.o \
	src/catalog_functions.o

REGRESS = \
	install \
	names \
	classes \
	input_output \
	errors \
	status_code_match \
	stored_form \
	damaged \
	operators \
	families \
	patterns \
	dumps \
	catalog \
	documents \
	providers \
	labels \
	functions \
	payloads \
	payload_providers \
	user_messages \
	retries \
	jobs \
	overrides \
	override_review \
	views \
	dashboard_views \
	planner \
	planner_order \
	planner_rights \
	planner_tables \
	planner_property \
	binary_copy \
	privileges \
	override_owner \
	search_path
# The expected output contains Spanish messages, and must be the same whatever the locale of the server.
REGRESS_OPTS = --inputdir=test --encoding=UTF8 --no-locale

# Each spec runs twice: with the few rows that it makes itself, and, after overrides-fill, with so many more
# that rows are looked up by key.
SPECS = \
	overrides-read-committed \
	overrides-repeatable-read \
	overrides-serializable \
	overrides-savepoints \
	overrides-cursors \
	overrides-mid-statement \
	overrides-plans \
	overrides-procedures \
	overrides-truncate \
	overrides-alter-table \
	overrides-silent-changes \
	overrides-parallel \
	overrides-parallel-volatile \
	overrides-extension \
	overrides-interrupted-load
ISOLATION = $(SPECS) overrides-fill $(SPECS)
# Expected output is in ./expected, as for the regression tests.
ISOLATION_OPTS = --inputdir=test --outputdir=. --load-extension=provider_codes

TAP_TESTS = 1
PROVE_TESTS = test/t/*.pl

# Only the control file has the version of the SQL objects. META.json has that of the release, which adds a
# third number.
EXTVERSION = $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" $(srcdir)/provider_codes.control)
PG_CPPFLAGS = -DPROVIDER_CODES_VERSION='"$(EXTVERSION)"' -I$(srcdir)/src -Isrc

EXTRA_CLEAN = src/catalog_data.h src/catalog_data.h.new

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

CATALOG_COMMON = $(addprefix $(srcdir)/src/catalog/,labels.txt messages.txt)
CATALOG = $(CATALOG_COMMON) \
	$(filter-out $(CATALOG_COMMON),$(sort $(wildcard $(srcdir)/src/catalog/*.txt)))

ATTRIBUTES = $(srcdir)/src/attribute_list.h

src/catalog_data.h: $(srcdir)/src/catalog/generate.pl $(ATTRIBUTES) $(CATALOG)
	@mkdir -p src
	$(PERL) $< $(ATTRIBUTES) $(CATALOG) >$@.new
	mv $@.new $@

# Both the objects and the bitcode for the JIT compiler are made from the generated tables.
$(OBJS) $(OBJS:.o=.bc): src/catalog_data.h $(wildcard $(srcdir)/src/*.h)

# Lays out the C sources in PostgreSQL's style, with Debian's package pg-bsd-indent.
indent:
	bash $(srcdir)/test/indent
.PHONY: indent

# Makes the archives of a release, a zip for PGXN and a tarball, from the last commit or from DIST_TREE.
DIST = provider_codes-$(shell sed -n 's/^    "version": "\(.*\)",$$/\1/p' $(srcdir)/META.json)
DIST_TREE = HEAD
dist:
	cd $(srcdir) && git archive --prefix=$(DIST)/ -o $(CURDIR)/$(DIST).zip $(DIST_TREE)
	cd $(srcdir) && git archive --prefix=$(DIST)/ -o $(CURDIR)/$(DIST).tar.gz $(DIST_TREE)
.PHONY: dist

# Makes doc/catalog.md and doc/reference.md from the catalog, the comments of the SQL script, and doc/reference.in.
docs:
	bash $(srcdir)/doc/generate
.PHONY: docs
