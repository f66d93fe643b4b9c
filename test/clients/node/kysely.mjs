import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';

import { Client, say } from './client.mjs';

const db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ max: 1 }) }) });
const jobs = () => db.selectFrom('sync_jobs').select('id').orderBy('id');
const client = new Client('kysely', async (query) => (await sql.raw(query).execute(db)).rows);

await client.answer('scalar', () =>
	db.selectFrom('sync_jobs').select(['status', 'category', 'action']).where('id', 'in', [1, 3]).orderBy('id').execute());
await client.answer('parameter', () => jobs().where('status', '=', 'syncfy:501').execute());
await client.answer('parameter', () => jobs().where('status', 'in', ['syncfy:501', 'syncfy:502']).execute());
await client.answer('parameter', () =>
	db.selectFrom('sync_jobs').select('id').where('status', '>=', 'syncfy:501').orderBy('status').orderBy('id').limit(2).execute());
await client.answer('LIKE', () => jobs().where('status', 'like', 'syncfy:501%').execute());
await client.answer('parameter', () =>
	db.insertInto('job_log').values({ id: 7, status: 'syncfy:501' }).returning(['id', 'status']).execute());
await client.answer('parameter', () =>
	db.insertInto('job_log').values({ id: 8, history: ['syncfy:100', 'syncfy:501'] }).returning('id').execute());
await client.answer('label', () => jobs().where('category', '=', 'connection').execute());
await client.answer('label', () => jobs().where('category', 'in', ['connection', 'mfa']).execute());
await client.answer('label', () => jobs().where((e) => e.fn('code_category', ['status']), '=', 'connection').execute());
await client.answer('label', () => jobs().where((e) => e.fn('in_category', ['status', e.val('connection')])).execute());
await client.answer('label', () => jobs().where('action', '=', 'retry').execute());
await client.answer('label', () =>
	db.insertInto('job_log').values({ id: 9, category: 'connection' }).returning(['id', 'category']).execute());
await client.answer('array', () => db.selectFrom('sync_jobs').select('history').where('id', '=', 1).execute());
await client.answer('error', () => db.insertInto('job_log').values({ id: 10, status: 'Locked' }).execute());
await client.answer('string', () =>
	jobs().where('id', '=', 1).where((e) => e.fn('is_retryable', [e.val('syncfy:501')])).execute());
await client.answer('malformed', () => jobs().where('status', '=', 'Locked').execute());
await client.answer('list', () => jobs().where('history', '@>', sql.val(['syncfy:501'])).execute());
say('COPY', '-');
say('binary', '-');
await client.answer('introspection', async () => (await db.introspection.getTables())
	.find((table) => table.name === 'sync_jobs').columns.find((column) => column.name === 'status').dataType);

await client.answer('migration', async () => {
	await db.schema.createTable('made').addColumn('status', sql`status_code`).execute();
	return (await client.ask("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'made'::regclass AND attnum = 1"));
});
const [{ oid: OID }] = await client.ask("SELECT 'status_code[]'::regtype::oid", []);
pg.types.setTypeParser(OID, pg.types.getTypeParser(1009));
await client.answer('array with the line', () => db.selectFrom('sync_jobs').select('history').where('id', '=', 1).execute());
await db.destroy();
