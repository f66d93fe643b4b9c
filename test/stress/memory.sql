-- Notes how much memory the session holds, and whether functions read the table by its key alone, or whole.
BEGIN;
SELECT pg_stat_get_xact_numscans('public.status_code_overrides'::regclass) AS whole,
    pg_stat_get_xact_numscans('public.status_code_overrides_pkey'::regclass) AS by_key \gset b_
SELECT count(code_name(status)) FROM stress.codes;
INSERT INTO stress.memory (backend, whole, by_key, rows_bytes, all_bytes)
SELECT pg_backend_pid(), pg_stat_get_xact_numscans('public.status_code_overrides'::regclass) - :b_whole,
    pg_stat_get_xact_numscans('public.status_code_overrides_pkey'::regclass) - :b_by_key,
    sum(total_bytes) FILTER (WHERE name = 'provider_codes overrides'), sum(total_bytes)
FROM pg_backend_memory_contexts;
COMMIT;
