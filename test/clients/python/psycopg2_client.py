import io

import psycopg2
from psycopg2.extensions import new_array_type, register_type

from client import Client, describe, say

connection = psycopg2.connect('')
connection.autocommit = True
cursor = connection.cursor()


def ask(sql, parameters):
    cursor.execute(sql, parameters)
    return cursor.fetchall()


def copy():
    cursor.copy_expert('COPY job_log (id, status, history) FROM STDIN', io.StringIO('1\tsyncfy:501\t{syncfy:100,syncfy:501}\n'))
    out = io.StringIO()
    cursor.copy_expert('COPY (SELECT status, history FROM job_log WHERE id = 1) TO STDOUT', out)
    return out.getvalue().rstrip('\n').replace('\t', '|')


client = Client(psycopg2.__version__.split()[0], ask, describe, '%s')
client.answer_queries()
client.answer('COPY', copy)
cursor.execute('SELECT status FROM sync_jobs LIMIT 0')
say('introspection', '-')
say('binary', '-')

OID = ask("SELECT 'status_code[]'::regtype::oid::int", [])[0][0]
register_type(new_array_type((OID,), 'STATUS_CODE[]', psycopg2.STRING))
client.answer_queries('array', suffix=' with the line')
