import pg from 'pg';
import { DataTypes, Op, Sequelize } from 'sequelize';

import { Client, say, url } from './client.mjs';

const sequelize = new Sequelize(url, { logging: false, pool: { max: 1 }, define: { timestamps: false, freezeTableName: true } });
const columns = {
	id: { type: DataTypes.INTEGER, primaryKey: true },
	status: DataTypes.TEXT,
	category: DataTypes.TEXT,
	history: DataTypes.ARRAY(DataTypes.TEXT),
};
const Job = sequelize.define('sync_jobs', { ...columns, action: DataTypes.TEXT });
const Log = sequelize.define('job_log', columns);
const { fn, col, where, literal } = Sequelize;
const find = (condition, more = {}) =>
	Job.findAll({ attributes: ['id'], where: condition, order: ['id'], raw: true, ...more });
const create = async (values, ...names) => {
	const row = await (await Log.create(values)).reload();
	return [names.map((name) => row[name])];
};
const client = new Client('sequelize', async (sql) => (await sequelize.query(sql))[0]);

await client.answer('scalar', () => find({ id: [1, 3] }, { attributes: ['status', 'category', 'action'] }));
await client.answer('parameter', () => find({ status: 'syncfy:501' }));
await client.answer('parameter', () => find({ status: { [Op.any]: ['syncfy:501', 'syncfy:502'] } }));
await client.answer('parameter', () => find({ status: { [Op.gte]: 'syncfy:501' } }, { order: ['status', 'id'], limit: 2 }));
await client.answer('LIKE', () => find({ status: { [Op.like]: 'syncfy:501%' } }));
await client.answer('parameter', () => create({ id: 7, status: 'syncfy:501' }, 'id', 'status'));
await client.answer('parameter', () => create({ id: 8, history: ['syncfy:100', 'syncfy:501'] }, 'id'));
await client.answer('label', () => find({ category: 'connection' }));
await client.answer('label', () => find({ category: { [Op.any]: ['connection', 'mfa'] } }));
await client.answer('label', () => find(where(fn('code_category', col('status')), 'connection')));
await client.answer('label', () => find(fn('in_category', col('status'), 'connection')));
await client.answer('label', () => find({ action: 'retry' }));
await client.answer('label', () => create({ id: 9, category: 'connection' }, 'id', 'category'));
await client.answer('array', () => find({ id: 1 }, { attributes: ['history'] }));
await client.answer('error', () => Log.create({ id: 10, status: 'Locked' }));
await client.answer('string', () => find({ [Op.and]: [{ id: 1 }, fn('is_retryable', 'syncfy:501')] }));
await client.answer('malformed', () => find({ status: 'Locked' }));
await client.answer('list', () => find({ history: { [Op.contains]: ['syncfy:501'] } }));
say('COPY', '-');
say('binary', '-');
await client.answer('introspection', async () => (await sequelize.getQueryInterface().describeTable('sync_jobs')).status.type);
await client.answer('migration', async () => {
	const Made = sequelize.define('made', { id: columns.id, status: { type: 'status_code' } });
	await sequelize.sync();
	await sequelize.sync({ alter: true });
	return client.ask("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'made'::regclass AND attname = 'status'");
});
const [{ oid: OID }] = await client.ask("SELECT 'status_code[]'::regtype::oid", []);
pg.types.setTypeParser(OID, pg.types.getTypeParser(1009));
await client.answer('array with the line', () => find({ id: 1 }, { attributes: ['history'] }));
await sequelize.close();
