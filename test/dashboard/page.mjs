// Opens the dashboard in headless Chromium, compares what it shows with what is expected, and takes pictures of it.
//
//   node page.mjs URL EXPECTED.json DIRECTORY
//
// EXPECTED.json has a line of JSON for each choice of a provider: {"choice": "Plaid", "figures": {"ID": [["text", ...], ...]}}.
// The figures are, row by row, what the element with each ID holds: a table's cells, a chart's points (series, x, y), the
// lines of a figure or of a paragraph. Prints a line for each choice, and one for each thing that is wrong; the exit status
// says whether all is right. DIRECTORY gets wide.png and phone.png, the whole page at both widths, and screenshot.png, the
// wide page down to its first table.
//
// Chromium is driven through a pipe, so that no package is needed: one JSON object after another, each ended by a zero byte,
// to file descriptor 3 and from 4.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [url, expectedFile, directory] = process.argv.slice(2);
const choices = readFileSync(expectedFile, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const widths = { wide: 1280, phone: 390 };
const patience = 60000; // milliseconds for the page to show what is expected

const chromium = spawn('chromium', [
	'--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run',
	'--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-scrollbars',
	'--remote-debugging-pipe', `--user-data-dir=${process.env.TMPDIR}/chromium`,
], {
	stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
	env: { ...process.env, TZ: 'America/Mexico_City' }, // the page's days are those of UTC, wherever its reader is
});
chromium.once('exit', (status) => {
	console.log(`Chromium ended with status ${status}`);
	process.exit(1);
});

const answers = new Map();
const problems = [];
let received = '';
chromium.stdio[4].setEncoding('utf8').on('data', (data) => {
	const messages = (received + data).split('\0');
	received = messages.pop();
	for (const message of messages.map((text) => JSON.parse(text))) {
		if (message.id) answers.get(message.id)(message);
		else noteProblem(message);
	}
});

let calls = 0;
let sessionId;
async function call(method, params = {}) {
	const id = ++calls;
	chromium.stdio[3].write(JSON.stringify({ id, sessionId, method, params }) + '\0');
	const { result, error } = await new Promise((resolve) => answers.set(id, resolve));
	if (error) throw new Error(`${method}: ${error.message}`);
	return result;
}

// What must not happen: an exception, an error on the console, an answer that says no, a request to another server.
function noteProblem({ method, params }) {
	const isOurs = (address) => !/^(http|ws)s?:/.test(address) || new URL(address).host === new URL(url).host;
	if (method === 'Runtime.exceptionThrown') {
		problems.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
	} else if (method === 'Runtime.consoleAPICalled' && params.type === 'error') {
		problems.push(params.args.map((arg) => arg.value ?? arg.description).join(' '));
	} else if (method === 'Log.entryAdded' && params.entry.level === 'error') {
		problems.push(`${params.entry.text} (${params.entry.url})`);
	} else if (method === 'Network.requestWillBeSent' && !isOurs(params.request.url)) {
		problems.push(`a request to ${params.request.url}`);
	}
}

async function evaluate(expression) {
	const { result, exceptionDetails } = await call('Runtime.evaluate', { expression, returnByValue: true });
	if (exceptionDetails) throw new Error(exceptionDetails.exception.description);
	return result.value;
}

// Runs in the page: the rows of the element with this id. A hidden copy of each table waits for its full screen.
function readRows(id) {
	const seen = (selector) => [...document.querySelectorAll(`#${id} ${selector}`)].filter((found) => found.checkVisibility());
	const lines = (found) => found.innerText.split('\n').map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line);
	if (document.querySelector(`#${id} .chart`)) return readChart(id);
	if (id === 'totals') return [...document.querySelectorAll('#totals > div')].map(lines);
	const rows = document.querySelector(`#${id} table`)
		? seen('tr:has(td)').map((row) => [...row.cells].filter((cell) => cell.checkVisibility()).map((cell) => lines(cell).join('\n')))
		: seen('p').map((found) => [lines(found).join(' ')]);
	return rows.filter((cells) => cells.join('') !== 'No Records'); // what an empty table says
}

// The points of a chart, without those at zero; what points at some of them; and the labels of lines across it.
function readChart(id) {
	const charts = Object.values(window[Symbol.for('__evidence-chart-window-debug__')] ?? {});
	const chart = charts.find((one) => document.getElementById(id).contains(one.getDom()));
	const series = chart?.getOption()?.series ?? [];
	const drawn = series.filter(({ type, data }) => /^(bar|line)$/.test(type) && data?.length && !/^stackTotal$/.test(data[0]?.name));
	const marks = (kind) => series.flatMap((one) => one[kind]?.data ?? []);
	return {
		points: drawn.flatMap(({ name, data }) => data.map((point) => point.value ?? point)
			.filter(([, y]) => y > 0).map(([x, y]) => [name, x, String(Number(y.toFixed(6)))])),
		marks: marks('markPoint').map(({ name, coord: [x, y] }) => [name, x, String(y)]),
		lines: marks('markLine').map((line) => [line.name ?? line[0].name]),
		colours: Object.fromEntries(drawn.map(({ name, itemStyle }) => [name, itemStyle?.color])),
	};
}

const ids = ['period', 'totals', 'incidents', 'failed_by_day', 'rate_by_day', 'providers', 'failing_codes', 'waiting_for_people', 'retries',
	'unknown_codes'];
const readPage = `(() => {
	${readRows}
	${readChart}
	const { failed_by_day, rate_by_day, ...page } = Object.fromEntries(${JSON.stringify(ids)}.map((id) => [id, readRows(id)]));
	return { ...page, failed_by_day: failed_by_day.points, marks: failed_by_day.marks, rate_by_day: rate_by_day.points, rate_before: rate_by_day.lines };
})()`;

const order = (rows) => JSON.stringify([...rows].sort());
// Charts draw series by series, psql sorts by name.
const differs = (id, shown, expected) => /_by_day$/.test(id) ? order(shown) !== order(expected) : JSON.stringify(shown) !== JSON.stringify(expected);
const isRight = (page, figures) => Object.keys(figures).every((id) => page[id] && !differs(id, page[id], figures[id]));

// As high as the page, because tables fill when they come into view.
async function setWidth(width) {
	await call('Emulation.setDeviceMetricsOverride', { width, height: 6000, deviceScaleFactor: 1, mobile: width < 640 });
}

async function openPage() {
	const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
	({ sessionId } = await call('Target.attachToTarget', { targetId, flatten: true }));
	for (const domain of ['Runtime', 'Log', 'Network', 'Page']) await call(`${domain}.enable`);
	await setWidth(widths.wide);
	await call('Page.navigate', { url });
}

// Waits for something in the page, and returns what it is or, after a time, what there is.
async function waitFor(expression, isThere) {
	let value;
	for (const end = Date.now() + patience; Date.now() < end; await sleep(250)) {
		value = await evaluate(expression).catch((error) => ({ error: error.message }));
		if (isThere(value)) break;
	}
	return value;
}

// Chooses in the page's list of providers, as a reader does: opens it, types the name, and takes what is offered.
async function choose(choice) {
	const click = (selector, text) => `(() => {
		const found = [...document.querySelectorAll('${selector}')].find((one) => one.checkVisibility() && one.innerText.includes(${JSON.stringify(text)}));
		found?.click();
		return Boolean(found);
	})()`;
	const focus = `(() => {
		const field = document.querySelector('input[role=combobox], [data-cmdk-input]');
		field?.focus();
		return Boolean(field);
	})()`;
	if (!await waitFor(click('button[role=combobox]', 'Provider'), Boolean)) problems.push('no list of providers');
	if (!await waitFor(focus, Boolean)) problems.push('nothing to type the name of a provider into');
	await call('Input.insertText', { text: choice });
	if (!await waitFor(click('[role=option]', choice), Boolean)) problems.push(`no ${choice} in the list of providers`);
}

async function checkChoice({ choice, figures }) {
	const before = problems.length;
	const page = await waitFor(readPage, (shown) => isRight(shown, figures));
	if (page.error) problems.push(page.error);
	for (const [id, rows] of Object.entries(figures)) {
		const shown = page[id] ?? [];
		if (!differs(id, shown, rows)) continue;
		const [a, b] = /_by_day$/.test(id) ? [[...shown].sort(), [...rows].sort()] : [shown, rows];
		const wrong = Math.max(0, [...b.keys()].findIndex((n) => JSON.stringify(a[n]) !== JSON.stringify(b[n])));
		problems.push(`${choice}: ${id}, row ${wrong + 1} of ${a.length}: ${JSON.stringify(a[wrong])}; psql, of ${b.length}: ${JSON.stringify(b[wrong])}`);
	}
	const boxes = await evaluate(`[...document.querySelectorAll('.border-red-200')].map((box) => box.innerText)`);
	problems.push(...boxes.map((box) => `${choice}: ${box}`));
	const count = Object.values(figures).flat(2).length;
	if (problems.length === before) console.log(`${choice}: ${count} figures and words, as in psql`);
}

// Takes a picture of the page, or of what is above an element. Before that, animations end.
async function takePicture(name, above) {
	await sleep(3000);
	const height = await evaluate(`Math.ceil(${above ? `document.querySelector('${above}').getBoundingClientRect().top`
		: `document.querySelector('article').getBoundingClientRect().bottom`})`);
	const width = await evaluate('innerWidth');
	const { data } = await call('Page.captureScreenshot', { clip: { x: 0, y: 0, width, height, scale: 1 } });
	writeFileSync(`${directory}/${name}.png`, Buffer.from(data, 'base64'));
}

// What has no place on a page that people read, and what does not fit.
async function checkLooks(name) {
	const text = await evaluate('document.body.innerText');
	const labels = text.match(/\b(ask_user|renew_token|fix_request|contact_provider|user_action|rate_limit|undefined|null|NaN)\b/g);
	if (labels) problems.push(`${name}: "${labels[0]}" is on the page`);
	const overflow = await evaluate('document.documentElement.scrollWidth - innerWidth');
	if (overflow > 0) problems.push(`${name}: the page is ${overflow} pixels wider than the screen`);
	const cut = await evaluate(`[...document.querySelectorAll('td, th, #totals p, #incidents p')].filter((found) => found.checkVisibility())
		.filter((found) => found.getBoundingClientRect().right > innerWidth + 1 && found.innerText.trim()).map((found) => found.innerText)`);
	if (cut.length > 0) problems.push(`${name}: ${cut.length} texts are cut off: ${cut.join(', ')}`);
}

await openPage();
await checkChoice(choices[0]);
await checkLooks('wide');
await takePicture('wide');
await takePicture('screenshot', '#which-providers-fail-most');
await setWidth(widths.phone);
await waitFor('document.querySelectorAll(".chart canvas").length', (charts) => charts === 2);
await takePicture('phone');
await checkLooks('phone');
await setWidth(widths.wide);
for (const one of choices.slice(1)) {
	await choose(one.choice);
	await checkChoice(one);
}
for (const problem of problems) console.log(`WRONG: ${problem}`);

chromium.removeAllListeners('exit');
chromium.kill();
await once(chromium, 'exit');
process.exit(problems.length > 0 ? 1 : 0);
