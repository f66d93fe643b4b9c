import { execFileSync } from 'node:child_process';
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';

import { Client, say, url } from './client.mjs';

// The client is generated from a schema. Its command would download the schema engine, which that does not need.
const dir = mkdtempSync(join(tmpdir(), 'prisma-'));
symlinkSync(join(import.meta.dirname, 'node_modules'), join(dir, 'node_modules'));
writeFileSync(join(dir, 'schema.prisma'), `
datasource db {
  provider = "postgresql"
}
generator client {
  provider = "prisma-client-js"
  output = "./made"
}
model sync_jobs {
  id Int @id
  status String?
  category String?
  action String?
  history String[]
}
model job_log {
  id Int @id
  status String?
  category String?
  history String[]
}
`);
execFileSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate', `--schema=${dir}/schema.prisma`],
	{ cwd: import.meta.dirname, stdio: ['ignore', 'ignore', 'inherit'],
		env: { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true' } });
const { default: { PrismaClient } } = await import(join(dir, 'made', 'index.js'));
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 1 }) });
const client = new Client('@prisma/client', (sql) => prisma.$queryRawUnsafe(sql));

const job = prisma.sync_jobs;
const find = (where, more = {}) => job.findMany({ select: { id: true }, where, orderBy: { id: 'asc' }, ...more });
await client.answer('scalar', () => find({ id: { in: [1, 3] } }, { select: { status: true, category: true, action: true } }));
await client.answer('parameter', () => find({ status: 'syncfy:501' }));
await client.answer('parameter', () => find({ status: { in: ['syncfy:501', 'syncfy:502'] } }));
await client.answer('parameter', () => find({ status: { gte: 'syncfy:501' } }, { orderBy: [{ status: 'asc' }, { id: 'asc' }], take: 2 }));
await client.answer('LIKE', () => find({ status: { startsWith: 'syncfy:501' } }));
await client.answer('parameter', async () => [await prisma.job_log.create({ data: { id: 7, status: 'syncfy:501' }, select: { id: true, status: true } })]);
await client.answer('parameter', async () => [await prisma.job_log.create({ data: { id: 8, history: ['syncfy:100', 'syncfy:501'] }, select: { id: true } })]);
await client.answer('label', () => find({ category: 'connection' }));
await client.answer('label', () => find({ category: { in: ['connection', 'mfa'] } }));
await client.answer('label', () => prisma.$queryRaw`SELECT id FROM sync_jobs WHERE code_category(status) = ${'connection'} ORDER BY id`);
await client.answer('label', () => prisma.$queryRaw`SELECT id FROM sync_jobs WHERE in_category(status, ${'connection'}) ORDER BY id`);
await client.answer('label', () => find({ action: 'retry' }));
await client.answer('label', async () => [await prisma.job_log.create({ data: { id: 9, category: 'connection' }, select: { id: true, category: true } })]);
await client.answer('array', () => find({ id: 1 }, { select: { history: true } }));
await client.answer('error', () => prisma.job_log.create({ data: { id: 10, status: 'Locked' } }));
await client.answer('string', () => prisma.$queryRaw`SELECT id FROM sync_jobs WHERE id = 1 AND is_retryable(${'syncfy:501'})`);
await client.answer('malformed', () => find({ status: 'Locked' }));
await client.answer('list', () => find({ history: { has: 'syncfy:501' } }));
say('COPY', '-');
say('binary', '-');
say('introspection', 'not got');

const [{ oid: OID }] = await client.ask("SELECT 'status_code[]'::regtype::oid::int4 AS oid", []);
pg.types.setTypeParser(OID, pg.types.getTypeParser(1009));
await client.answer('array with the line', () => find({ id: 1 }, { select: { history: true } }));
await prisma.$disconnect();
