// Asks the queries of queries.tsv through a client, and prints the answers: see ../README.md.
import { readFileSync } from 'node:fs';

const queries = readFileSync(new URL('../queries.tsv', import.meta.url), 'ascii').trimEnd().split('\n')
	.map((line) => line.split('\t'));

export const { database, host } = { database: process.env.PGDATABASE, host: process.env.PGHOST };
export const url = `postgresql://postgres@${host}:5432/${database}`;

export function version(name) {
	return JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;
}

// A list is in brackets, unlike a string that was not taken apart.
function text(value) {
	if (value === null || value === undefined) return 'NULL';
	return Array.isArray(value) ? `[${value.map(text).join(',')}]` : String(value);
}

export function say(aspect, answer) {
	console.log(`${aspect}\t${answer}`);
}

// The server's error lies in some clients' own, as its cause or by another name.
function describe(error) {
	for (let e = error; e; e = e.cause ?? e.original ?? e.driverError ?? e.meta?.driverAdapterError) {
		const sqlstate = e.originalCode ?? e.code ?? '';
		if (!/^[0-9A-Z]{5}$/.test(sqlstate) || e.meta) continue;
		const fields = [sqlstate, ...(e.detail ? ['DETAIL'] : []), ...(e.hint ? ['HINT'] : [])];
		return `ERROR ${fields.join(' ')}: ${(e.originalMessage ?? e.message).split('\n')[0]}`;
	}
	return `ERROR: ${error.message.trim().split('\n').at(-1)}`;
}

// ask(sql, parameters) returns rows: objects, or arrays of values.
export class Client {
	constructor(name, ask) {
		this.ask = ask;
		say('version', version(name));
	}

	// Prints what question() returns, rows or a text, or the error that it throws.
	async answer(aspect, question) {
		await this.ask(`SELECT 'plans of ${aspect}'`, []);
		let answer;
		try {
			answer = await question();
			if (Array.isArray(answer)) answer = answer.map((row) => Object.values(row).map(text).join('|')).join(' ');
		} catch (error) {
			answer = describe(error);
		}
		say(aspect, answer);
	}

	async answerQueries(aspects = [], suffix = '') {
		for (const [aspect, parameter, , sql] of queries) {
			if (aspects.length && !aspects.includes(aspect)) continue;
			const parameters = parameter === '-' ? [] : [parameter.startsWith('{') ? parameter.slice(1, -1).split(',') : parameter];
			await this.answer(aspect + suffix, () => this.ask(sql, parameters));
		}
	}
}
