# shellcheck shell=bash
# Builds the fuzzer's program and runs its targets, in the workspace of postgres.sh.

# shellcheck disable=SC2034 # for run
targets=(value pattern match distance hint meaning call damaged payload tree label)

# What of the extension is built is as its Makefile says, but for the compiler and its options. Signed overflow is an error
# here, which the server's own options define; unaligned access is none, since short values are stored so. Debian's
# _FORTIFY_SOURCE is left out: it takes calls of memcpy() and the like away from the address sanitizer.
sanitizers=(
	-fsanitize="address,undefined" -fno-sanitize=alignment -fno-sanitize-recover=undefined
)

# What libFuzzer learns of a run. Operands of comparisons are left out: they take a third of the time, and the dictionary
# has what they would tell.
coverage=(-fsanitize-coverage="inline-8bit-counters,pc-table")
common=(-g -O2 -fno-omit-frame-pointer -fno-strict-aliasing -fPIC)
warnings=(-Wall -Wextra -Werror -Wno-ignored-attributes) # the extension itself is checked where it is compiled for use

# A malloc() is as cheap as can be: there are some fifty in a run. targets.c fills what it gets by itself.
sanitizer_options=(
	ASAN_OPTIONS="detect_leaks=0:quarantine_size_mb=1:malloc_context_size=2:max_malloc_fill_size=0"
	UBSAN_OPTIONS="print_stacktrace=1"
)

# Builds from the sources in directory $1 of the workspace into it.
build_fuzzer() {
	local fuzz=$1/test/fuzz include script
	script=$1/sql/provider_codes--$(sed -n "s/^default_version = '\(.*\)'/\1/p" "$1/provider_codes.control").sql
	# shellcheck disable=SC2154 # make_workspace() sets them
	include=$("$bindir/pg_config" --includedir-server)
	local make_fuzzed=("${make[@]}" -C "$1" CC=clang with_llvm=no)
	as_server "${make_fuzzed[@]}" clean &&
		as_server "${make_fuzzed[@]}" src/catalog_data.h &&
		as_server clang "${common[@]}" "${warnings[@]}" -I"$1/src" -isystem "$include" -c "$fuzz/wraps.c" -o "$fuzz/wraps.o" &&
		as_server "${make_fuzzed[@]}" -j"$(nproc)" provider_codes.so \
			CFLAGS="${common[*]} ${sanitizers[*]} ${coverage[*]} -w" \
			CPPFLAGS="-D_GNU_SOURCE" \
			SHLIB_LINK="-Wl,--wrap=nearest_code,--wrap=FindDefaultConversion,--wrap=pg_do_encoding_conversion_buf $fuzz/wraps.o" &&
		as_server cp "$1/provider_codes.so" "$fuzz/" &&
		as_server perl "$fuzz/as_library.pl" "$bindir/postgres" "$fuzz/postgres.so" &&
		as_server perl "$fuzz/list_functions.pl" "$script" >"$fuzz/functions.h" &&
		as_server perl "$fuzz/list_words.pl" "$1"/src/catalog/*.txt >"$fuzz/words.h" &&
		as_server perl "$fuzz/dictionary.pl" "$1"/src/catalog/*.txt "$1"/src/*.c >"$fuzz/dictionary" &&
		as_server clang "${common[@]}" "${warnings[@]}" -shared -I"$fuzz" -isystem "$include" "$fuzz/targets.c" -o "$fuzz/targets.so" &&
		as_server clang "${common[@]}" "${warnings[@]}" "${sanitizers[@]}" -fsanitize=fuzzer -rdynamic "$fuzz/main.c" -o "$fuzz/fuzz" -ldl
}

# Runs target $2 of the sources in directory $1, with options of libFuzzer's and directories of inputs. An input that fails
# goes to directory "found" beside the target.
run_fuzzer() {
	local fuzz=$1/test/fuzz
	as_server mkdir -p "$fuzz/found"
	as_server nice -n 19 env FUZZ_DIRECTORY="$fuzz" FUZZ_LIBDIR="$("$bindir/pg_config" --pkglibdir)" FUZZ_TARGET="$2" "${sanitizer_options[@]}" "$fuzz/fuzz" \
		-dict="$fuzz/dictionary" -artifact_prefix="$fuzz/found/$2-" -timeout=10 -rss_limit_mb=1024 "${@:3}"
}

# The same, beginning with the inputs that are kept.
fuzz() {
	local fuzz=$1/test/fuzz
	as_server mkdir -p "$fuzz/inputs/$2"
	if [ -e "$fuzz/corpus/$2.txt" ]; then
		as_server perl "$fuzz/corpus.pl" unpack "$fuzz/corpus/$2.txt" "$fuzz/inputs/$2"
	fi
	run_fuzzer "$@" "$fuzz/inputs/$2"
}
