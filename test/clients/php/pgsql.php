<?php
require __DIR__ . '/client.php';

$connection = pg_connect('');

class ServerError extends Exception
{
    public $fields;
}

function ask(string $sql, array $parameters): array
{
    global $connection;
    pg_send_query_params($connection, $sql, $parameters);
    $result = pg_get_result($connection);
    pg_get_result($connection);
    $sqlstate = pg_result_error_field($result, PGSQL_DIAG_SQLSTATE);
    if ($sqlstate) {
        $error = new ServerError(pg_result_error_field($result, PGSQL_DIAG_MESSAGE_PRIMARY));
        $error->fields = [$sqlstate];
        foreach (['DETAIL' => PGSQL_DIAG_MESSAGE_DETAIL, 'HINT' => PGSQL_DIAG_MESSAGE_HINT] as $name => $field) {
            if (pg_result_error_field($result, $field)) {
                $error->fields[] = $name;
            }
        }
        throw $error;
    }
    return pg_fetch_all($result, PGSQL_NUM) ?: [];
}

function describe(Exception $error): array
{
    return [$error->fields ?? [], $error->getMessage()];
}

say('version', PHP_VERSION);
answer_queries();
answer('COPY', function () use ($connection) {
    pg_copy_from($connection, 'job_log (id, status, history)', ["1\tsyncfy:501\t{syncfy:100,syncfy:501}\n"]);
    $rows = pg_copy_to($connection, '(SELECT status, history FROM job_log WHERE id = 1)');
    return strtr(trim($rows[0]), "\t", '|');
});
say('binary', '-');
answer('introspection', fn () => pg_meta_data($connection, 'sync_jobs')['status']['type']);
