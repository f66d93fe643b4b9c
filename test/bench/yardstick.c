/*
 * yardstick.c
 *		What the server takes to call a strict C function over a column, whatever that function does; and two clocks.
 */
#include "postgres.h"

#include <time.h>

#include "fmgr.h"
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(noop_text);
PG_FUNCTION_INFO_V1(noop_boolean);
PG_FUNCTION_INFO_V1(wall_clock);
PG_FUNCTION_INFO_V1(cpu_clock);

static struct
{
	uint32		header;
	char		data[4];
} constant = {.data = "noop"};

extern void _PG_init(void);

void
_PG_init(void)
{
	SET_VARSIZE(&constant, sizeof(constant));
}

/* noop_text(status_code) -> text: always the same */
Datum
noop_text(PG_FUNCTION_ARGS)
{
	return PointerGetDatum(&constant);
}

/*
 * noop_boolean(status_code) -> boolean
 *
 * True for the rows for which is_retryable() is, so that both filters let the same rows through. Here the second
 * byte of a value tells: setup.sql draws no two codes that share it and differ in that.
 */
Datum
noop_boolean(PG_FUNCTION_ARGS)
{
	static const bool is_true[256] = {
		[501 % 256] = true,		/* syncfy:501 */
		[509 % 256] = true,		/* syncfy:509 */
		[500 % 256] = true,		/* foundry:500 */
		[18] = true,			/* basiq:service-unavailable */
		[25] = true,			/* basiq:maintenance-error */
	};
	struct varlena *value = (struct varlena *) PG_GETARG_POINTER(0);

	PG_RETURN_BOOL(is_true[((unsigned char *) VARDATA_ANY(value))[1]]);
}

static Datum
milliseconds(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	PG_RETURN_FLOAT8(now.tv_sec * 1000.0 + now.tv_nsec / 1000000.0);
}

/* wall_clock() -> double precision: milliseconds since some moment */
Datum
wall_clock(PG_FUNCTION_ARGS)
{
	return milliseconds(CLOCK_MONOTONIC);
}

/* cpu_clock() -> double precision: milliseconds that a processor spent on this backend */
Datum
cpu_clock(PG_FUNCTION_ARGS)
{
	return milliseconds(CLOCK_PROCESS_CPUTIME_ID);
}
