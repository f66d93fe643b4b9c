<?php
// Asks the queries of queries.tsv through a client, and prints the answers: see ../README.md.

function text($value): string
{
    if ($value === null) {
        return 'NULL';
    }
    return is_array($value) ? '[' . implode(',', array_map('text', $value)) . ']' : (string) $value;
}

function say(string $aspect, string $answer): void
{
    echo "$aspect\t$answer\n";
}

// Prints the rows or the text that a function returns, or the error that it throws.
function answer(string $aspect, callable $question): void
{
    ask("SELECT 'plans of $aspect'", []);
    try {
        $answer = $question();
        if (is_array($answer)) {
            $answer = implode(' ', array_map(fn ($row) => implode('|', array_map('text', array_values($row))), $answer));
        }
        say($aspect, $answer);
    } catch (Exception $error) {
        [$fields, $message] = describe($error);
        say($aspect, 'ERROR ' . implode(' ', $fields) . ': ' . strtok($message, "\n"));
    }
}

function answer_queries(): void
{
    foreach (file(__DIR__ . '/../queries.tsv', FILE_IGNORE_NEW_LINES) as $line) {
        [$aspect, $parameter, , $sql] = explode("\t", $line);
        // a list goes as its text
        answer($aspect, fn () => ask($sql, $parameter === '-' ? [] : [$parameter]));
    }
}
