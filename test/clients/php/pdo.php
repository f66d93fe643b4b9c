<?php
require __DIR__ . '/client.php';

$pdo = new PDO('pgsql:', null, null, [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);

function ask(string $sql, array $parameters): array
{
    global $pdo;
    $query = $pdo->prepare(str_replace('$1', '?', $sql));
    $query->execute($parameters);
    return $query->fetchAll(PDO::FETCH_NUM);
}

function describe(Exception $error): array
{
    $message = $error->errorInfo[2] ?? $error->getMessage();
    $fields = [$error->errorInfo[0] ?? ''];
    foreach (['DETAIL', 'HINT'] as $name) {
        if (preg_match("/^$name:/m", $message)) {
            $fields[] = $name;
        }
    }
    return [$fields, preg_replace('/^ERROR:\s*/', '', $message)];
}

say('version', PHP_VERSION);
answer_queries();
answer('COPY', function () use ($pdo) {
    $pdo->pgsqlCopyFromArray('job_log', ["1\tsyncfy:501\t\\N\t{syncfy:100,syncfy:501}\n"]);
    $rows = $pdo->pgsqlCopyToArray('(SELECT status, history FROM job_log WHERE id = 1)');
    return strtr(trim($rows[0]), "\t", '|');
});
say('binary', '-');
answer('introspection', fn () => $pdo->query('SELECT status FROM sync_jobs LIMIT 1')->getColumnMeta(0)['native_type']);
