import asyncio
import io

import asyncpg

from client import Client, diagnosis

loop = asyncio.new_event_loop()
conn = loop.run_until_complete(asyncpg.connect())


def ask(sql, parameters):
    return [tuple(row) for row in loop.run_until_complete(conn.fetch(sql, *parameters))]


def describe(error):
    if not isinstance(error, asyncpg.PostgresError):
        return [], f'{type(error).__name__}: {error}'
    return diagnosis(error.sqlstate, error.detail, error.hint), error.args[0]


async def copy():
    await conn.copy_to_table('job_log', columns=['id', 'status', 'history'],
                             source=io.BytesIO(b'1\tsyncfy:501\t{syncfy:100,syncfy:501}\n'))
    out = io.BytesIO()
    await conn.copy_from_query('SELECT status, history FROM job_log WHERE id = 1', output=out)
    return out.getvalue().decode().rstrip('\n').replace('\t', '|')


async def binary():
    await conn.copy_records_to_table('job_log', columns=['id', 'status'], records=[(2, 'syncfy:501')])
    return [tuple(row) for row in await conn.fetch('SELECT status FROM job_log WHERE id = 2')]


async def introspection():
    statement = await conn.prepare('SELECT status FROM sync_jobs')
    return statement.get_attributes()[0].type.name


async def parameter_types():
    statement = await conn.prepare('SELECT FROM sync_jobs WHERE status = $1 AND category = $2 AND in_category(status, $3)'
                                   ' AND has_action(status, $4)')
    return ' '.join(parameter.name for parameter in statement.get_parameters())


client = Client(asyncpg.__version__, ask, describe)
client.answer_queries()
client.answer('COPY', lambda: loop.run_until_complete(copy()))
client.answer('binary', lambda: loop.run_until_complete(binary()))
client.answer('what the server takes parameters as', lambda: loop.run_until_complete(parameter_types()))
client.answer('introspection', lambda: loop.run_until_complete(introspection()))


async def with_the_line():
    await conn.set_builtin_type_codec('status_code', codec_name='text')
    return await binary()


client.answer('binary with the line', lambda: loop.run_until_complete(with_the_line()))
