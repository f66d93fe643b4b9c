import pg from 'pg';
import { ArrayContains, DataSource, EntitySchema, In, Like, MoreThanOrEqual, Raw } from 'typeorm';

import { Client, say, url } from './client.mjs';

const columns = {
	id: { type: 'int', primary: true },
	status: { type: 'status_code', nullable: true },
	category: { type: 'status_category', nullable: true },
	history: { type: 'status_code', array: true, nullable: true },
};
const Job = new EntitySchema({ name: 'sync_jobs', columns: { ...columns, action: { type: 'status_action', nullable: true } } });
const Log = new EntitySchema({ name: 'job_log', columns });

function source(entities = [Job, Log]) {
	return new DataSource({ type: 'postgres', url, poolSize: 1, entities });
}

// What synchronize would do with the columns of our types.
async function changes(dataSource) {
	const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
	return upQueries.map(({ query }) => query).filter((query) => /"status"/.test(query)).join('; ') || 'nothing to do';
}

const refusal = await source().initialize().catch((error) => error.message);
for (const aspect of ['scalar', 'parameter', 'LIKE', 'label']) say(aspect, `ERROR: ${refusal}`);

const dataSource = source();
dataSource.driver.supportedDataTypes.push('status_code', 'status_category', 'status_action');
await dataSource.initialize();
const jobs = dataSource.getRepository(Job);
const log = dataSource.getRepository(Log);
const find = (where, more = {}) => jobs.find({ select: { id: true }, where, order: { id: 'ASC' }, ...more });
const create = async (values, ...names) => {
	await log.save(values);
	const row = await log.findOneBy({ id: values.id });
	return [names.map((name) => row[name])];
};
const client = new Client('typeorm', (sql) => dataSource.query(sql));

await client.answer('scalar with the line', async () =>
	(await find({ id: In([1, 3]) }, { select: { id: true, status: true, category: true, action: true } }))
		.map((row) => [row.status, row.category, row.action]));
await client.answer('parameter with the line', () => find({ status: 'syncfy:501' }));
await client.answer('parameter with the line', () => find({ status: In(['syncfy:501', 'syncfy:502']) }));
await client.answer('parameter with the line', () =>
	find({ status: MoreThanOrEqual('syncfy:501') }, { order: { status: 'ASC', id: 'ASC' }, take: 2 }));
await client.answer('LIKE with the line', () => find({ status: Like('syncfy:501%') }));
await client.answer('parameter with the line', () => create({ id: 7, status: 'syncfy:501' }, 'id', 'status'));
await client.answer('parameter with the line', () => create({ id: 8, history: ['syncfy:100', 'syncfy:501'] }, 'id'));
await client.answer('label with the line', () => find({ category: 'connection' }));
await client.answer('label with the line', () => find({ category: In(['connection', 'mfa']) }));
await client.answer('label with the line', () => find({ status: Raw((c) => `code_category(${c}) = :c`, { c: 'connection' }) }));
await client.answer('label with the line', () => find({ status: Raw((c) => `in_category(${c}, :c)`, { c: 'connection' }) }));
await client.answer('label with the line', () => find({ action: 'retry' }));
await client.answer('label with the line', () => create({ id: 9, category: 'connection' }, 'id', 'category'));
const history = async () => (await find({ id: 1 }, { select: { history: true } })).map((row) => [row.history]);
await client.answer('array', history);
await client.answer('error', () => log.insert({ id: 10, status: 'Locked' }));
await client.answer('string', () => find({ id: Raw((c) => `${c} = 1 AND is_retryable(:s)`, { s: 'syncfy:501' }) }));
await client.answer('malformed', () => find({ status: 'Locked' }));
await client.answer('list', () => find({ history: ArrayContains(['syncfy:501']) }));
say('COPY', '-');
say('binary', '-');
await client.answer('introspection', async () => {
	const runner = dataSource.createQueryRunner();
	const table = await runner.getTable('sync_jobs');
	await runner.release();
	return table.findColumnByName('status').type;
});
await client.answer('migration', () => changes(dataSource));
await client.answer('migration with text', async () => {
	const text = source([new EntitySchema({ name: 'sync_jobs', columns: { id: columns.id, status: { type: 'text', nullable: true } } })]);
	const planned = await changes(await text.initialize());
	await text.destroy();
	return planned;
});

const [{ oid: OID }] = await client.ask("SELECT 'status_code[]'::regtype::oid", []);
pg.types.setTypeParser(OID, pg.types.getTypeParser(1009));
await client.answer('array with the line', history);
await dataSource.destroy();
