import psycopg
from psycopg.types import TypeInfo
from psycopg.types.string import TextBinaryLoader

from client import Client, describe

conn = psycopg.connect('', autocommit=True)


def ask(sql, parameters):
    return conn.execute(sql, parameters).fetchall()


def copy():
    with conn.cursor() as cursor:
        with cursor.copy('COPY job_log (id, status, history) FROM STDIN') as target:
            target.write_row((1, 'syncfy:501', ['syncfy:100', 'syncfy:501']))
        with cursor.copy('COPY (SELECT status, history FROM job_log WHERE id = 1) TO STDOUT') as source:
            return list(source.rows())


def binary_copy():
    with conn.cursor() as cursor:
        with cursor.copy('COPY job_log (id, status) FROM STDIN (FORMAT BINARY)') as target:
            target.set_types(['int4', 'text'])
            target.write_row((2, 'syncfy:501'))
        with cursor.copy('COPY (SELECT status FROM job_log WHERE id = 2) TO STDOUT (FORMAT BINARY)') as source:
            source.set_types(['text'])
            return list(source.rows())


def binary_result():
    with conn.cursor(binary=True) as cursor:
        return cursor.execute('SELECT status FROM sync_jobs WHERE status = %b LIMIT 1', ['syncfy:501']).fetchall()


def introspection():
    info = TypeInfo.fetch(conn, 'status_code')
    return f'{info.name} {info.regtype}' if hasattr(info, 'regtype') else info.name


client = Client(psycopg.__version__, ask, describe, '%s')
client.answer_queries()
client.answer('COPY', copy)
client.answer('binary', binary_copy)
client.answer('binary', binary_result)
client.answer('introspection', introspection)

TypeInfo.fetch(conn, 'status_code').register(conn)
client.answer_queries('array', suffix=' with the line')

conn.adapters.register_loader('status_code', TextBinaryLoader)
client.answer('binary with the line', binary_copy)
client.answer('binary with the line', binary_result)
