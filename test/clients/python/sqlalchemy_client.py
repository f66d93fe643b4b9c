import asyncio
import sys
import warnings

import sqlalchemy
from sqlalchemy import Column, Integer, MetaData, String, Table, func, inspect, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import UserDefinedType

from client import Client, describe, diagnosis, say

driver = sys.argv[1]
URL = f'postgresql+{driver}://'


class StatusCode(UserDefinedType):
    cache_ok = True

    def get_col_spec(self, **_):
        return 'status_code'


columns = [('status', String), ('category', String), ('history', ARRAY(String))]
job = Table('sync_jobs', MetaData(), Column('id', Integer, primary_key=True), Column('action', String),
            *(Column(*column) for column in columns))
log = Table('job_log', MetaData(), Column('id', Integer), *(Column(*column) for column in columns))


def describe_driver(error):
    error = getattr(error, 'orig', error)
    cause = error.__cause__
    if driver == 'asyncpg' and hasattr(cause, 'sqlstate'):
        return diagnosis(cause.sqlstate, cause.detail, cause.hint), cause.args[0]
    return describe(error)


def main(connection):
    def run(statement):
        return connection.execute(statement).fetchall()

    def ids(condition):
        return run(select(job.c.id).where(condition).order_by(job.c.id))

    def history():
        return run(select(job.c.history).where(job.c.id == 1))

    def reflected():
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            return next(str(c['type']) for c in inspect(connection).get_columns('sync_jobs') if c['name'] == 'status')

    client = Client(sqlalchemy.__version__, lambda sql, _: run(text(sql)), describe_driver)
    for aspect, question in [
        ('scalar', lambda: run(select(job.c.status, job.c.category, job.c.action).where(job.c.id.in_([1, 3])).order_by(job.c.id))),
        ('parameter', lambda: ids(job.c.status == 'syncfy:501')),
        ('parameter', lambda: ids(job.c.status.in_(['syncfy:501', 'syncfy:502']))),
        ('parameter', lambda: run(select(job.c.id).where(job.c.status >= 'syncfy:501').order_by(job.c.status, job.c.id).limit(2))),
        ('LIKE', lambda: ids(job.c.status.like('syncfy:501%'))),
        ('parameter', lambda: run(log.insert().values(id=7, status='syncfy:501').returning(log.c.id, log.c.status))),
        ('parameter', lambda: run(log.insert().values(id=8, history=['syncfy:100', 'syncfy:501']).returning(log.c.id))),
        ('label', lambda: ids(job.c.category == 'connection')),
        ('label', lambda: ids(job.c.category.in_(['connection', 'mfa']))),
        ('label', lambda: ids(func.code_category(job.c.status) == 'connection')),
        ('label', lambda: ids(func.in_category(job.c.status, 'connection'))),
        ('label', lambda: ids(job.c.action == 'retry')),
        ('label', lambda: run(log.insert().values(id=9, category='connection').returning(log.c.id, log.c.category))),
        ('array', history),
        ('error', lambda: run(log.insert().values(id=10, status='Locked').returning(log.c.id))),
        ('string', lambda: ids((job.c.id == 1) & func.is_retryable('syncfy:501'))),
        ('malformed', lambda: ids(job.c.status == 'Locked')),
        ('list', lambda: ids(job.c.history.contains(['syncfy:501']))),
    ]:
        client.answer(aspect, question)
    say('COPY', '-')
    say('binary', '-')
    client.answer('introspection', reflected)

    ischema_names['status_code'] = StatusCode
    client.answer('introspection with the line', reflected)
    if driver == 'psycopg2':
        import psycopg2
        from psycopg2.extensions import new_array_type, register_type
        OID = run(text("SELECT 'status_code[]'::regtype::oid::int"))[0][0]
        register_type(new_array_type((OID,), 'STATUS_CODE[]', psycopg2.STRING))
    if driver == 'psycopg':
        from psycopg.types import TypeInfo
        conn = connection.connection.dbapi_connection
        TypeInfo.fetch(conn, 'status_code').register(conn)
    if driver != 'asyncpg':
        client.answer('array with the line', history)


async def main_async():
    from sqlalchemy.ext.asyncio import create_async_engine
    async with create_async_engine(URL, isolation_level='AUTOCOMMIT').connect() as connection:
        await connection.run_sync(main)


if driver == 'asyncpg':
    asyncio.run(main_async())
else:
    with sqlalchemy.create_engine(URL, isolation_level='AUTOCOMMIT').connect() as sync_connection:
        main(sync_connection)
