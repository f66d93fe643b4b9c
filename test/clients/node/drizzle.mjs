import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { and, arrayContains, asc, eq, gte, inArray, like, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import pg from 'pg';

import { Client, say, url } from './client.mjs';

const pool = new pg.Pool({ max: 1 });
const db = drizzle(pool);
const client = new Client('drizzle-orm', async (query) => (await db.execute(sql.raw(query))).rows);

const columns = { id: integer().primaryKey(), status: text(), category: text(), history: text().array() };
const job = pgTable('sync_jobs', { ...columns, action: text() });
const log = pgTable('job_log', columns);
const jobs = (condition) => db.select({ id: job.id }).from(job).where(condition).orderBy(asc(job.id));

await client.answer('scalar', () => db.select({ status: job.status, category: job.category, action: job.action }).from(job)
	.where(inArray(job.id, [1, 3])).orderBy(asc(job.id)));
await client.answer('parameter', () => jobs(eq(job.status, 'syncfy:501')));
await client.answer('parameter', () => jobs(inArray(job.status, ['syncfy:501', 'syncfy:502'])));
await client.answer('parameter', () =>
	db.select({ id: job.id }).from(job).where(gte(job.status, 'syncfy:501')).orderBy(job.status, job.id).limit(2));
await client.answer('LIKE', () => jobs(like(job.status, 'syncfy:501%')));
await client.answer('parameter', () =>
	db.insert(log).values({ id: 7, status: 'syncfy:501' }).returning({ id: log.id, status: log.status }));
await client.answer('parameter', () =>
	db.insert(log).values({ id: 8, history: ['syncfy:100', 'syncfy:501'] }).returning({ id: log.id }));
await client.answer('label', () => jobs(eq(job.category, 'connection')));
await client.answer('label', () => jobs(inArray(job.category, ['connection', 'mfa'])));
await client.answer('label', () => jobs(sql`code_category(${job.status}) = ${'connection'}`));
await client.answer('label', () => jobs(sql`in_category(${job.status}, ${'connection'})`));
await client.answer('label', () => jobs(eq(job.action, 'retry')));
await client.answer('label', () =>
	db.insert(log).values({ id: 9, category: 'connection' }).returning({ id: log.id, category: log.category }));
await client.answer('array', () => db.select({ history: job.history }).from(job).where(eq(job.id, 1)));
await client.answer('error', () => db.insert(log).values({ id: 10, status: 'Locked' }));
await client.answer('string', () => jobs(and(eq(job.id, 1), sql`is_retryable(${'syncfy:501'})`)));
await client.answer('malformed', () => jobs(eq(job.status, 'Locked')));
await client.answer('list', () => jobs(arrayContains(job.history, ['syncfy:501'])));
say('COPY', '-');
say('binary', '-');
await client.answer('introspection', () => {
	const out = mkdtempSync(join(tmpdir(), 'drizzle-'));
	execFileSync(process.execPath, ['node_modules/drizzle-kit/bin.cjs', 'pull', '--dialect=postgresql', `--url=${url}`, `--out=${out}`],
	{ cwd: import.meta.dirname });
	return readFileSync(join(out, 'schema.ts'), 'utf8').match(/status: (\w+)/)[1];
});

// The line is for the schema that drizzle-kit reads.
await client.answer('migration', () => {
	const out = mkdtempSync(join(tmpdir(), 'drizzle-'));
	writeFileSync(join(out, 'schema.js'), `
		const { customType, pgTable } = require('${import.meta.dirname}/node_modules/drizzle-orm/pg-core');
		const statusCode = customType({ dataType: () => 'status_code' });
		exports.made = pgTable('made', { status: statusCode(), history: statusCode().array() });`);
	execFileSync(process.execPath, ['node_modules/drizzle-kit/bin.cjs', 'generate', '--dialect=postgresql',
		`--schema=${join(out, 'schema.js')}`, `--out=${join(out, 'made')}`, '--name=made'], { cwd: import.meta.dirname });
	return readFileSync(join(out, 'made', '0000_made.sql'), 'utf8').match(/"status" (\S+),\s+"history" (\S+)/).slice(1).join(' ');
});
await pool.end();
