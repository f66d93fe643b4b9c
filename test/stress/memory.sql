-- Notes how much memory the session holds.
INSERT INTO stress.memory (backend, rows_bytes, all_bytes)
SELECT pg_backend_pid(), sum(total_bytes) FILTER (WHERE name = 'provider_codes overrides'), sum(total_bytes)
FROM pg_backend_memory_contexts;
