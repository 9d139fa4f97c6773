'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const { METHODS, SOURCE, Tab, World, manifest } = require('./stand_ins');

const HEADERS = ['', 'Request ID', 'Asked at', 'Action', 'Arguments', 'State', 'Message', 'Link'];
const TITLE = [['Requests'], ['Requests from the menu and their answers.'], [], []];
const SYNC = ['', 'sync', '2026-11-22T06:50:00', 'sync', 'every 15 minutes', 'done', 'Checked: nothing to fix.', ''];
const NOW = '2026-11-22T07:00:00Z';

const requests = (rows = [SYNC], options = {}) => new Tab('Requests', [...TITLE, HEADERS, ...rows], options);

function people(rows, options = {}) {
  return new Tab('People', [['People'], [], [], [], ['', 'Employee ID', 'Name'], ...rows.map((id) => ['', id, 'x'])], options);
}

function world({ rows, selection = [[6, 6]], ids = ['E1', 'E2', 'E1', '', 7], active = 'People', ...rest } = {}) {
  const tabs = { Requests: requests(rows), People: people(ids), Levels: new Tab('Levels', [['Level code']]) };
  return new World({ ...rest, selection, active, tabs: { ...tabs, ...rest.tabs } });
}

const filed = (at) => at.tabs.Requests.cells.slice(TITLE.length + 1).filter((row) => row[1] !== 'sync');

test('opening the sheet shows the menu without any permission, and every item does something that exists', () => {
  const at = world({ scopes: [], trigger: true });
  at.context.onOpen();
  assert.ok(at.seen.menu.length >= 10);
  assert.deepEqual([...new Set(at.seen.menu.map((item) => item.title))], ['careersheets']);
  for (const item of at.seen.menu) assert.equal(typeof at.context[item.run], 'function', item.caption);
});

test('a request is one row of text below the last, and the user is told when it is answered', () => {
  const at = world();
  at.choose('Check scores');
  const [[, id, asked, action, people, state, message, link]] = filed(at);
  assert.match(id, /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
  assert.deepEqual([asked, action, people, state, message, link], ['2026-11-22T07:00:00', 'check', '', 'requested', '', '']);
  assert.deepEqual(at.seen.toasts, ['Filed. It will be answered within 15 minutes; see careersheets > Answers.']);
  assert.equal(at.seen.locked, 0);
  assert.equal(at.seen.unwritten, false);
});

test('selected rows are people, each once, without rows above the table, hidden or empty ones', () => {
  const at = world({ selection: [[1, 8], [9, 2000]], tabs: { People: people(['E1', 'E2', 'E1', '', 7, 'E9'], { hidden: [7] }) } });
  at.choose('Gap reports: selected rows');
  assert.deepEqual(filed(at).map((row) => row.slice(3, 6)), [['gap reports', 'E1; 7; E9', 'requested']]);
});

test('an ID such as 007 stays as it is', () => {
  const at = world({ ids: ['007'] });
  at.choose('Conversations: selected rows');
  assert.equal(filed(at)[0][4], '007');
});

test('what looks like a formula or like several people is not taken for an ID', () => {
  for (const id of ['=IMPORTXML("http://x","y")', 'E1; E2', '#REF!']) {
    const at = world({ ids: [id] });
    at.choose('Gap reports: selected rows');
    assert.deepEqual(filed(at), []);
    assert.match(at.seen.alerts[0].text, /is not an employee ID/);
  }
});

test('the columns may stand elsewhere and be headed a little differently', () => {
  const headers = ['', 'LINK', 'state', 'Request-ID', 'Own notes', 'Asked  at', 'Action', 'Arguments', 'Messáge'];
  const at = world({ tabs: { Requests: new Tab('Requests', [headers]) } });
  at.choose('Check scores');
  const [, link, state, id, own, asked, action] = at.tabs.Requests.cells[1];
  assert.deepEqual([link, state, own, asked, action], ['', 'requested', '', '2026-11-22T07:00:00', 'check']);
  assert.equal(id.length, 36);
});

test('a full tab gets another row', () => {
  const at = world({ tabs: { Requests: requests([SYNC], { maxRows: 6 }) } });
  at.choose('Check scores');
  assert.equal(filed(at).length, 1);
});

test('what hinders a request is one sentence, and nothing is filed', () => {
  const cases = [
    [{ active: 'Levels' }, /Select rows on the tab People, Evaluations or Scores/],
    [{ selection: [[1, 5]] }, /hold nobody/],
    [{ selection: null }, /hold nobody/],
    [{ busy: true }, /Somebody else is filing/],
    [{ ids: Array.from({ length: 9000 }, (_, at) => `E${at}`), selection: [[6, 9005]] }, /too many people/],
    [{ tabs: { Requests: undefined } }, /tab "Requests" is missing/],
    [{ tabs: { Requests: new Tab('Requests', [HEADERS.slice(0, 7)]) } }, /no column "Link"/],
  ];
  for (const [options, sentence] of cases) {
    const at = world(options);
    at.choose('Gap reports: selected rows');
    assert.equal(at.seen.alerts.length, 1, String(sentence));
    assert.match(at.seen.alerts[0].text, sentence);
    assert.deepEqual(at.tabs.Requests ? at.tabs.Requests.cells.filter((row) => row[5] === 'requested') : [], []);
    assert.equal(at.seen.locked, 0);
  }
});

test('where the sync has no fixed times, or is late, the user is told whom to ask', () => {
  const never = world({ rows: [] });
  never.choose('Check scores');
  assert.match(never.seen.toasts[0], /no fixed times.*careersheets sync schedule install/);
  const old = ['', 'a', '2026-11-22T06:29:00', 'check', '', 'requested', '', ''];
  const late = world({ rows: [SYNC, old] });
  late.choose('Check scores');
  assert.match(late.seen.toasts[0], /still waiting.*careersheets sync status/);
  const patient = world({ rows: [SYNC, ['', 'a', '2026-11-22T06:31:00', 'check', '', 'requested', '', '']] });
  patient.choose('Check scores');
  assert.match(patient.seen.toasts[0], /within 15 minutes/);
});

const PLAN = ['', 'p-1', '2026-11-22T06:40:00', 'release plan', '', 'done', 'Can be released: E1, E2.', ''];

test('what a plan showed is carried out only after a question that shows it again', () => {
  const yes = world({ rows: [SYNC, PLAN] });
  yes.choose('Release what was shown');
  assert.deepEqual(yes.seen.alerts.map((it) => [it.title, it.text, it.buttons]), [['Release this?', PLAN[6], 'YES_NO']]);
  assert.deepEqual(filed(yes)[1].slice(3, 6), ['release', 'p-1', 'requested']);
  const no = world({ rows: [SYNC, PLAN], answer: 'NO' });
  no.choose('Release what was shown');
  assert.equal(filed(no).length, 1);
});

test('nothing is carried out that was not shown, not answered, or carried out before', () => {
  const waiting = [...PLAN.slice(0, 5), 'requested', '', ''];
  const carried = ['', 'r-1', '2026-11-22T06:45:00', 'release', 'p-1', 'done', 'Released.', ''];
  for (const rows of [[SYNC], [SYNC, waiting], [SYNC, PLAN, carried], [SYNC, ['', 's', 'x', 'send plan', '', 'done', 'y', '']]]) {
    const at = world({ rows });
    at.choose('Release what was shown');
    assert.match(at.seen.alerts[0].text, /First choose "Show what can be released"/);
    assert.equal(filed(at).length, rows.length - 1);
  }
});

test('the answers are shown, the latest first', () => {
  const at = world({ rows: [SYNC, PLAN, ['', 'c', '2026-11-22T06:45:00', 'check', '', 'failed', 'No sheet People.', '']] });
  at.choose('Answers');
  const lines = at.seen.alerts[0].text.split('\n\n');
  assert.equal(lines[0], '2026-11-22T06:45:00 UTC, check: failed. No sheet People.');
  assert.match(lines[1], /Can be released/);
  assert.match(lines[2], /within 15 minutes/);
});

/** Every item of the menu, each in a sheet where it gets to its end. */
function everything(scopes) {
  const used = new Set();
  const open = world({ scopes: [], trigger: true });
  open.context.onOpen();
  const plans = [PLAN, [...PLAN.slice(0, 3), 'send plan', ...PLAN.slice(4)]];
  for (const { caption } of open.seen.menu) {
    const at = world({ rows: caption.startsWith('Send') ? [SYNC, plans[1]] : [SYNC, plans[0]], scopes });
    at.tabs.Requests.maxRows = 7;
    at.choose(caption);
    at.seen.used.forEach((name) => used.add(name));
  }
  open.seen.used.forEach((name) => used.add(name));
  return used;
}

test('the scopes of the manifest are enough for every item, and none can be left out', () => {
  const declared = manifest().oauthScopes;
  everything(declared);
  for (const scope of declared) {
    assert.throws(() => everything(declared.filter((other) => other !== scope)), /permissions are not sufficient/, scope);
  }
});

test('the code names no service of Google that the stand-ins do not check', () => {
  const source = fs.readFileSync(path.join(SOURCE, 'careersheets.js'), 'utf8').replace(/\/\*\*[^]*?\*\//g, '');
  const services = new Set(source.match(/\b[A-Z]\w+(?:App|Service|Script)\b|\bUtilities\b|\bSession\b|\bBrowser\b|\bLogger\b/g));
  assert.deepEqual([...services].sort(), ['LockService', 'SpreadsheetApp', 'Utilities']);
});

test('each method of the stand-ins is used, and Apps Script has it', (t) => {
  const used = everything(manifest().oauthScopes);
  const written = Object.entries(METHODS).flatMap(([kind, methods]) => Object.keys(methods).map((name) => `${kind}.${name}`));
  assert.deepEqual(written.filter((name) => !used.has(name)), []);
  const folder = path.join(__dirname, '..', 'node_modules', '@types', 'google-apps-script');
  if (!fs.existsSync(folder)) return t.skip('run `npm ci` in tests/');
  const files = ['spreadsheet', 'base', 'lock', 'utilities'].map((name) => path.join(folder, `google-apps-script.${name}.d.ts`));
  const types = files.map((file) => fs.readFileSync(file, 'utf8')).join('\n');
  for (const [kind, methods] of Object.entries(METHODS)) {
    const body = types.match(new RegExp(`interface ${kind}(?: extends [^{]*)? \\{([^]*?)\\n {8}\\}`));
    assert.ok(body, kind);
    const missing = Object.keys(methods).filter((name) => !new RegExp(`\\b${name}[(:]`).test(body[1]));
    assert.deepEqual(missing, [], kind);
  }
});
