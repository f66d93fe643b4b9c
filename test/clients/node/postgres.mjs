import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

import postgres from 'postgres';

import { Client, say, url } from './client.mjs';

const sql = postgres(url, { max: 1 });
const client = new Client('postgres', (query, parameters) => sql.unsafe(query, parameters));

await client.answerQueries();
await client.answer('COPY', async () => {
	await pipeline(Readable.from(['1\tsyncfy:501\t{syncfy:100,syncfy:501}\n']),
		await sql`COPY job_log (id, status, history) FROM STDIN`.writable());
	const rows = await text(await sql`COPY (SELECT status, history FROM job_log WHERE id = 1) TO STDOUT`.readable());
	return rows.trim().replace('\t', '|');
});
say('binary', '-');
say('introspection', '-');
await sql.end();
