import glob
import os

import pyodbc

from client import Client, say

driver = glob.glob('/usr/lib/*/odbc/psqlodbcw.so')[0]
database = os.environ['PGDATABASE']
connection = pyodbc.connect(f'Driver={driver};Servername=127.0.0.1;Database={database};Username=postgres', autocommit=True)
cursor = connection.cursor()


def ask(sql, parameters):
    # ODBC knows no arrays: a list goes as its text
    parameters = ['{' + ','.join(value) + '}' if isinstance(value, list) else value for value in parameters]
    cursor.execute(sql, parameters)
    return [tuple(row) for row in cursor.fetchall()]


def describe(error):
    sqlstate, message = error.args
    fields = ['DETAIL'] * ('DETAIL:' in message) + ['HINT'] * ('HINT:' in message)
    return [sqlstate, *fields], message


client = Client(connection.getinfo(pyodbc.SQL_DRIVER_VER), ask, describe, '?')
client.answer_queries()
say('COPY', '-')
say('binary', '-')
client.answer('introspection', lambda: [c.type_name for c in cursor.columns(table='sync_jobs', column='status')][0])
