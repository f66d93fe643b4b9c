import io
import os

import django
from django.conf import settings

settings.configure(DATABASES={'default': {
    'ENGINE': 'django.db.backends.postgresql', 'NAME': os.environ['PGDATABASE'], 'USER': 'postgres', 'HOST': os.environ['PGHOST']}})
django.setup()

from django.contrib.postgres.fields import ArrayField  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.db.models import F, Func, Value  # noqa: E402

from client import Client, describe, say  # noqa: E402


class StatusCodeField(models.CharField):
    def db_type(self, connection):
        return 'status_code'


class StatusCodeColumns(models.Model):
    id = models.IntegerField(primary_key=True)
    status = models.CharField(max_length=500, null=True)
    category = models.CharField(max_length=500, null=True)
    history = ArrayField(StatusCodeField(max_length=500), null=True)

    class Meta:
        abstract = True
        app_label = 'jobs'


class Job(StatusCodeColumns):
    action = models.CharField(max_length=500, null=True)

    class Meta(StatusCodeColumns.Meta):
        db_table = 'sync_jobs'


class Log(StatusCodeColumns):
    class Meta(StatusCodeColumns.Meta):
        db_table = 'job_log'


class Made(models.Model):
    status = StatusCodeField(max_length=500)

    class Meta:
        app_label = 'jobs'


class Predicate(Func):
    output_field = models.BooleanField()


def ask(sql, parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def ids(jobs):
    return jobs.order_by('id').values_list('id')


def create(*names, **values):
    Log.objects.create(**values)
    return Log.objects.filter(id=values['id']).values_list(*names)


def history():
    return Job.objects.filter(id=1).values_list('history')


def inspected():
    out = io.StringIO()
    call_command('inspectdb', 'sync_jobs', stdout=out)
    return next(line.split('=')[1].split('(')[0].strip() for line in out.getvalue().splitlines() if line.strip().startswith('status ='))


def migration():
    with connection.schema_editor() as editor:
        editor.create_model(Made)
    return ask("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'jobs_made'::regclass AND attname = 'status'", [])


jobs = Job.objects
client = Client(django.__version__, ask, lambda error: describe(error.__cause__ or error))
for aspect, question in [
    ('scalar', lambda: jobs.filter(id__in=[1, 3]).order_by('id').values_list('status', 'category', 'action')),
    ('parameter', lambda: ids(jobs.filter(status='syncfy:501'))),
    ('parameter', lambda: ids(jobs.filter(status__in=['syncfy:501', 'syncfy:502']))),
    ('parameter', lambda: jobs.filter(status__gte='syncfy:501').order_by('status', 'id').values_list('id')[:2]),
    ('LIKE', lambda: ids(jobs.filter(status__startswith='syncfy:501'))),
    ('parameter', lambda: create('id', 'status', id=7, status='syncfy:501')),
    ('parameter', lambda: create('id', id=8, history=['syncfy:100', 'syncfy:501'])),
    ('label', lambda: ids(jobs.filter(category='connection'))),
    ('label', lambda: ids(jobs.filter(category__in=['connection', 'mfa']))),
    ('label', lambda: ids(jobs.annotate(c=Func(F('status'), function='code_category', output_field=models.CharField()))
                          .filter(c='connection'))),
    ('label', lambda: ids(jobs.filter(Predicate(F('status'), Value('connection'), function='in_category')))),
    ('label', lambda: ids(jobs.filter(action='retry'))),
    ('label', lambda: create('id', 'category', id=9, category='connection')),
    ('array', history),
    ('error', lambda: create('id', id=10, status='Locked')),
    ('string', lambda: ids(jobs.filter(Predicate(Value('syncfy:501'), function='is_retryable'), id=1))),
    ('malformed', lambda: ids(jobs.filter(status='Locked'))),
    ('list', lambda: ids(jobs.filter(history__contains=['syncfy:501']))),
]:
    client.answer(aspect, lambda q=question: list(q()))
say('COPY', '-')
say('binary', '-')
client.answer('introspection', inspected)
client.answer('migration', migration)

if type(connection.connection).__module__.startswith('psycopg2'):
    import psycopg2
    from psycopg2.extensions import new_array_type, register_type
    OID = ask("SELECT 'status_code[]'::regtype::oid::int", [])[0][0]
    register_type(new_array_type((OID,), 'STATUS_CODE[]', psycopg2.STRING))
else:
    from psycopg.types import TypeInfo
    conn = connection.connection
    TypeInfo.fetch(conn, 'status_code').register(conn)
client.answer('array with the line', lambda: list(history()))
