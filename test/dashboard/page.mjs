// Opens a page in headless Chromium, compares the figures on it with the expected ones, and takes a picture of it.
//
//   node page.mjs URL EXPECTED.json PICTURE.png
//
// EXPECTED.json is {"totals": [["1,234"], ...], "ID": [["cell", ...], ...], ...}: the texts, row by row, of what the page has
// in the element with each ID. Prints a line for each of them and one for page errors; the exit status says whether all is
// right. Chromium is driven through a pipe, so that no package is needed: one JSON object after another, each ended by a zero
// byte, to file descriptor 3 and from 4.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [url, expectedFile, pictureFile] = process.argv.slice(2);
const expected = JSON.parse(readFileSync(expectedFile, 'utf8'));
const width = 1200;

const chromium = spawn('chromium', [
	'--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run',
	'--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-scrollbars',
	'--remote-debugging-pipe', `--user-data-dir=${process.env.TMPDIR}/chromium`,
], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
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

// The texts as a reader sees them: a table's cells, or large figures. A hidden copy of each table waits for its full screen.
const readPage = `Object.fromEntries(${JSON.stringify(Object.keys(expected))}.map((id) => [id,
	[...document.querySelectorAll('#' + id + ' tr:has(td), #' + id + ' .text-xl')]
		.filter((row) => row.checkVisibility())
		.map((row) => [...(row.cells ?? [row])].map((cell) => cell.innerText.trim()))]))`;

async function openPage() {
	const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
	({ sessionId } = await call('Target.attachToTarget', { targetId, flatten: true }));
	for (const domain of ['Runtime', 'Log', 'Network', 'Page']) await call(`${domain}.enable`);
	// As high as the page, because tables fill when they come into view.
	await call('Emulation.setDeviceMetricsOverride', { width, height: 4000, deviceScaleFactor: 1, mobile: false });
	await call('Page.navigate', { url });
}

// What the page shows when it is as expected, or else after 30 seconds; and a moment later, when animations have ended.
async function showFigures() {
	let page;
	for (const end = Date.now() + 30000; Date.now() < end; await sleep(250)) {
		page = await evaluate(readPage);
		if (JSON.stringify(page) === JSON.stringify(expected)) break;
	}
	await sleep(3000);
	problems.push(...await evaluate(`[...document.querySelectorAll('.border-red-200')].map((box) => box.innerText)`));
	if (!await evaluate(`document.querySelectorAll('.chart canvas').length`)) problems.push('no chart');
	return page;
}

async function takePicture() {
	const height = await evaluate(`Math.ceil(document.querySelector('article').getBoundingClientRect().bottom)`);
	const { data } = await call('Page.captureScreenshot', { clip: { x: 0, y: 0, width, height, scale: 1 } });
	writeFileSync(pictureFile, Buffer.from(data, 'base64'));
}

await openPage();
const page = await showFigures();
await takePicture();
for (const [id, rows] of Object.entries(expected)) {
	const wrong = [...rows.keys()].find((n) => JSON.stringify(rows[n]) !== JSON.stringify(page[id][n]));
	if (wrong !== undefined) problems.push(`${id}, row ${wrong + 1}: ${page[id][wrong]}; psql: ${rows[wrong]}`);
	else if (page[id].length > rows.length) problems.push(`${id}: ${page[id].length} rows; psql: ${rows.length}`);
	else console.log(`${id}: ${rows.length} rows, as in psql`);
}
for (const problem of problems) console.log(`WRONG: ${problem}`);

chromium.removeAllListeners('exit');
chromium.kill();
await once(chromium, 'exit');
process.exit(problems.length > 0 ? 1 : 0);
