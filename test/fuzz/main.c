/*
 * main.c
 *		The program that libFuzzer drives: it loads the server, the extension and the targets.
 *
 * The server is a copy of the installed program "postgres" that the loader
 * takes for a library (see as_library.pl).  No server runs in it: what is
 * used are its functions, the real palloc(), ereport(), jsonb_in() and so on.
 * The sanitizers' runtime is in this program, where all of these find it.
 *
 * Environment: FUZZ_DIRECTORY holds the libraries, FUZZ_TARGET names a target.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static void (*run_input) (const uint8_t *data, size_t size);

static void *
check(void *found)
{
	if (found)
		return found;
	fprintf(stderr, "%s\n", dlerror());
	exit(1);
}

static void *
load(const char *name)
{
	char		path[4096];
	const char *directory = getenv("FUZZ_DIRECTORY");

	snprintf(path, sizeof(path), "%s/%s", directory ? directory : ".", name);
	return check(dlopen(path, RTLD_NOW | RTLD_GLOBAL));
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	void	   *targets;
	void		(*prepare) (const char *target, void *extension);
	void	   *extension;

	(void) argc;
	(void) argv;
	load("postgres.so");
	extension = load("provider_codes.so");
	targets = load("targets.so");
	*(void **) &prepare = check(dlsym(targets, "fuzz_prepare"));
	*(void **) &run_input = check(dlsym(targets, "fuzz_run_input"));
	prepare(getenv("FUZZ_TARGET"), extension);
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	run_input(data, size);
	return 0;
}
