import knex from 'knex';
import pg from 'pg';

import { Client, say, url } from './client.mjs';

const db = knex({ client: 'pg', connection: url, pool: { min: 1, max: 1 } });
const jobs = () => db('sync_jobs').select('id').orderBy('id');
const client = new Client('knex', async (sql) => (await db.raw(sql)).rows);

await client.answer('scalar', () => db('sync_jobs').select('status', 'category', 'action').whereIn('id', [1, 3]).orderBy('id'));
await client.answer('parameter', () => jobs().where('status', 'syncfy:501'));
await client.answer('parameter', () => jobs().whereIn('status', ['syncfy:501', 'syncfy:502']));
await client.answer('parameter', () =>
	db('sync_jobs').select('id').where('status', '>=', 'syncfy:501').orderBy(['status', 'id']).limit(2));
await client.answer('LIKE', () => jobs().whereLike('status', 'syncfy:501%'));
await client.answer('parameter', () => db('job_log').insert({ id: 7, status: 'syncfy:501' }).returning(['id', 'status']));
await client.answer('parameter', () => db('job_log').insert({ id: 8, history: ['syncfy:100', 'syncfy:501'] }).returning('id'));
await client.answer('label', () => jobs().where('category', 'connection'));
await client.answer('label', () => jobs().whereIn('category', ['connection', 'mfa']));
await client.answer('label', () => jobs().whereRaw('code_category(status) = ?', ['connection']));
await client.answer('label', () => jobs().whereRaw('in_category(status, ?)', ['connection']));
await client.answer('label', () => jobs().where('action', 'retry'));
await client.answer('label', () => db('job_log').insert({ id: 9, category: 'connection' }).returning(['id', 'category']));
await client.answer('array', () => db('sync_jobs').select('history').where('id', 1));
await client.answer('error', () => db('job_log').insert({ id: 10, status: 'Locked' }));
await client.answer('string', () => jobs().where('id', 1).whereRaw('is_retryable(?)', ['syncfy:501']));
await client.answer('malformed', () => jobs().where('status', 'Locked'));
await client.answer('list', () => jobs().whereRaw('history @> ?', [['syncfy:501']]));
say('COPY', '-');
say('binary', '-');
await client.answer('introspection', async () => (await db('sync_jobs').columnInfo('status')).type);

await client.answer('migration', async () => {
	await db.schema.createTable('made', (t) => { t.specificType('status', 'status_code'); });
	return (await client.ask("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'made'::regclass AND attnum = 1"));
});
const [{ oid: OID }] = await client.ask("SELECT 'status_code[]'::regtype::oid", []);
pg.types.setTypeParser(OID, pg.types.getTypeParser(1009));
await client.answer('array with the line', () => db('sync_jobs').select('history').where('id', 1));
await db.destroy();
