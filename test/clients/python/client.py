"""Asks the queries of queries.tsv through a client, and prints the answers: see ../README.md."""
import os

with open(os.path.join(os.path.dirname(__file__), '..', 'queries.tsv'), encoding='ascii') as _file:
    _queries = [line.rstrip('\n').split('\t') for line in _file]


def text(value):
    """Returns a value as answers have it. A list is in brackets, unlike a string that was not taken apart."""
    if value is None:
        return 'NULL'
    if isinstance(value, (list, tuple)):
        return '[' + ','.join(map(text, value)) + ']'
    return str(value)


def say(aspect, answer):
    print(aspect, answer, sep='\t', flush=True)


def rows(answer):
    return ' '.join('|'.join(text(value) for value in row) for row in answer)


class Client:
    """ask(sql, parameters) returns rows, describe(error) a pair: the server's fields, and the message."""

    def __init__(self, version, ask, describe, placeholder='$1'):
        self.ask, self.describe, self.placeholder = ask, describe, placeholder
        say('version', version)

    def answer(self, aspect, question):
        """Prints what question() returns, rows or a text, or the error that it raises."""
        self.ask(f"SELECT 'plans of {aspect}'", [])
        try:
            answer = question()
            say(aspect, answer if isinstance(answer, str) else rows(answer))
        except Exception as error:  # pylint: disable=broad-except
            fields, message = self.describe(error)
            said = ' '.join(text(part) for part in ('ERROR', *fields))
            say(aspect, f"{said}: {message.splitlines()[0]}")

    def answer_queries(self, *aspects, suffix=''):
        """Asks the queries of these aspects, or of all."""
        for aspect, parameter, _, sql in _queries:
            if aspects and aspect not in aspects:
                continue
            parameters = [] if parameter == '-' else [parameter]
            if parameter.startswith('{'):
                parameters = [parameter.strip('{}').split(',')]
            sql = sql.replace('$1', self.placeholder)
            self.answer(aspect + suffix, lambda s=sql, p=parameters: self.ask(s, p))


def describe(error):
    """Describes an error of psycopg2 or psycopg 3."""
    diag = getattr(error, 'diag', None)
    if diag is None or diag.sqlstate is None:
        return [], f'{type(error).__name__}: {error}'
    return diagnosis(diag.sqlstate, diag.message_detail, diag.message_hint), diag.message_primary


def diagnosis(sqlstate, detail, hint):
    """Returns the fields of an error as describe() has them."""
    return [sqlstate] + ['DETAIL'] * bool(detail) + ['HINT'] * bool(hint)
