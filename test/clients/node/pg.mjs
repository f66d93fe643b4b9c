import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

import pg from 'pg';
import { from, to } from 'pg-copy-streams';

import { Client, say } from './client.mjs';

const connection = new pg.Client();
await connection.connect();
const client = new Client('pg', async (sql, parameters) => (await connection.query(sql, parameters)).rows);

await client.answerQueries();
await client.answer('COPY', async () => {
	await pipeline(Readable.from(['1\tsyncfy:501\t{syncfy:100,syncfy:501}\n']),
		connection.query(from('COPY job_log (id, status, history) FROM STDIN')));
	const rows = await text(connection.query(to('COPY (SELECT status, history FROM job_log WHERE id = 1) TO STDOUT')));
	return rows.trim().replace('\t', '|');
});
await client.answer('binary', async () => (await connection.query({
	text: 'SELECT status FROM sync_jobs WHERE status = $1 LIMIT 1', values: ['syncfy:501'], binary: true })).rows);
say('introspection', '-');

const [{ oid: OID }] = await client.ask("SELECT 'status_code[]'::regtype::oid", []);
pg.types.setTypeParser(OID, pg.types.getTypeParser(1009));
await client.answerQueries(['array'], ' with the line');
await connection.end();
