/*
 * catalog_functions.c
 *		SQL functions about the catalog as a whole: its codes and documents,
 *		the version of the library, and a checksum over all meanings.
 *
 * All are PARALLEL SAFE.  All are IMMUTABLE, except for the checksum, which
 * consults the overrides and is STABLE.
 */
#include "overrides.h"

#include "access/htup_details.h"
#include "row_type.h"
#include "utils/builtins.h"
#include "utils/date.h"

PG_FUNCTION_INFO_V1(provider_codes_builtin_status_codes);
PG_FUNCTION_INFO_V1(provider_codes_builtin_status_code_documents);
PG_FUNCTION_INFO_V1(provider_codes_builtin_status_code_sources);
PG_FUNCTION_INFO_V1(provider_codes_version);
PG_FUNCTION_INFO_V1(provider_codes_checksum);

/*
 * builtin_status_codes() -> setof status_code
 *
 * Returns all codes and variants of the catalog, in order.
 */
Datum
provider_codes_builtin_status_codes(PG_FUNCTION_ARGS)
{
	FuncCallContext *funcctx;
	StatusCode *result;

	if (SRF_IS_FIRSTCALL())
		SRF_FIRSTCALL_INIT();
	funcctx = SRF_PERCALL_SETUP();
	if (funcctx->call_cntr >= CATALOG_CODES)
		SRF_RETURN_DONE(funcctx);
	result = status_code_of_catalog(catalog_code(funcctx->call_cntr));
	SRF_RETURN_NEXT(funcctx, StatusCodeGetDatum(result));
}

/*
 * Begins a call of a function that returns one row per call: at the first one,
 * sets its tuple_desc.  "ncolumns" is for result_row_type().
 */
static FuncCallContext *
begin_row(FunctionCallInfo fcinfo, int ncolumns)
{
	if (SRF_IS_FIRSTCALL())
	{
		FuncCallContext *funcctx = SRF_FIRSTCALL_INIT();
		MemoryContext oldcontext;

		oldcontext = MemoryContextSwitchTo(funcctx->multi_call_memory_ctx);
		funcctx->tuple_desc = result_row_type(fcinfo, ncolumns);
		MemoryContextSwitchTo(oldcontext);
	}
	return SRF_PERCALL_SETUP();
}

/*
 * builtin_status_code_documents() -> setof (document text, published date,
 * status status_code, section text, name text, title text, description text)
 *
 * Returns all rows of all source documents.
 */
Datum
provider_codes_builtin_status_code_documents(PG_FUNCTION_ARGS)
{
	Datum		values[7];
	bool		nulls[7];
	FuncCallContext *funcctx = begin_row(fcinfo, lengthof(values));
	const CatalogDocumentRow *row;
	const CatalogDocument *document;
	HeapTuple	tuple;
	int			n = 0;

	row = catalog_document_row(funcctx->call_cntr);
	if (row == NULL)
		SRF_RETURN_DONE(funcctx);
	document = catalog_document(row->document);

#define ADD(value, isnull) \
	(nulls[n] = (isnull), values[n++] = (isnull) ? (Datum) 0 : (value))
#define ADD_TEXT(ref) ADD(PointerGetDatum(REF_GET(ref)), REF_IS_NULL(ref))
	ADD_TEXT(document->name);
	ADD(DirectFunctionCall1(date_in, CStringGetDatum(document->published)),
		document->published[0] == '\0');
	ADD(StatusCodeGetDatum(status_code_of_catalog(catalog_code(row->code))),
		false);
	ADD_TEXT(row->section);
	ADD_TEXT(row->name);
	ADD_TEXT(row->title);
	ADD_TEXT(row->description);
	tuple = heap_form_tuple(funcctx->tuple_desc, values, nulls);
	SRF_RETURN_NEXT(funcctx, HeapTupleGetDatum(tuple));
}

/*
 * builtin_status_code_sources() -> setof (provider text, source text,
 * as_of date, complete boolean, codes integer)
 *
 * Returns where the codes of each provider come from, in the order of names.
 */
Datum
provider_codes_builtin_status_code_sources(PG_FUNCTION_ARGS)
{
	Datum		values[5] = {0};
	bool		nulls[5] = {false};
	FuncCallContext *funcctx = begin_row(fcinfo, lengthof(values));
	const CatalogSource *source;
	HeapTuple	tuple;

	source = catalog_source(funcctx->call_cntr);
	if (source == NULL)
		SRF_RETURN_DONE(funcctx);

	values[0] = PointerGetDatum(REF_GET(source->provider));
	values[1] = PointerGetDatum(REF_GET(source->source));
	nulls[2] = source->as_of[0] == '\0';
	if (!nulls[2])
		values[2] = DirectFunctionCall1(date_in,
										CStringGetDatum(source->as_of));
	values[3] = BoolGetDatum(source->complete);
	values[4] = Int32GetDatum(source->codes);
	tuple = heap_form_tuple(funcctx->tuple_desc, values, nulls);
	SRF_RETURN_NEXT(funcctx, HeapTupleGetDatum(tuple));
}

/*
 * provider_codes_version() -> text
 *
 * Returns the version of the loaded library.
 */
Datum
provider_codes_version(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_TEXT_P(cstring_to_text(PROVIDER_CODES_VERSION));
}

/*
 * provider_codes_checksum() -> text
 *
 * Returns 16 hexadecimal digits computed from the catalog and the table of
 * overrides.  Servers with equal checksums give every code the same meaning.
 */
Datum
provider_codes_checksum(PG_FUNCTION_ARGS)
{
	unsigned long long digest = overrides_digest();

	(void) fcinfo;
	PG_RETURN_TEXT_P(cstring_to_text(psprintf("%016llx", digest)));
}
