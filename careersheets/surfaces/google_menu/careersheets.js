/**
 * The menu "careersheets" in a Google Sheet. It computes nothing and reaches nothing outside this sheet: each item files
 * a request in the tab Requests, which the scheduled sync of careersheets answers there.
 *
 * @OnlyCurrentDoc
 */

const TITLE = 'careersheets';
const REQUESTS = 'Requests';
const PEOPLE_TABS = ['People', 'Evaluations', 'Scores'];
const PERSON_HEADERS = ['Employee ID', 'Emp ID', 'Person ID', 'Staff ID', 'Personnel number'];
const COLUMNS = ['Request ID', 'Asked at', 'Action', 'Arguments', 'State', 'Message', 'Link'];
// The row in which the sync says how often it runs, instead of a request.
const SYNC_ROW = 'sync';
const HEADERS_WITHIN_ROWS = 30;
const LONGEST_ARGUMENTS = 40000;
const LOCK_MILLISECONDS = 10000;
const SHOWN_ANSWERS = 5;

/** Google calls this whenever the sheet is opened. */
function onOpen() {
  SpreadsheetApp.getUi()
    .createMenu(TITLE)
    .addItem('Check scores', 'askCheck')
    .addSeparator()
    .addItem('Gap reports for everyone', 'askGapReports')
    .addItem('Gap reports: selected rows', 'askGapReportsForSelection')
    .addItem('Prepare conversations for everyone', 'askPreparation')
    .addItem('Conversations: selected rows', 'askPreparationForSelection')
    .addItem('Remind', 'askReminders')
    .addSeparator()
    .addItem('Show what can be released', 'askReleasePlan')
    .addItem('Release what was shown', 'askRelease')
    .addItem('Show what would be sent', 'askSendPlan')
    .addItem('Send what was shown', 'askSend')
    .addSeparator()
    .addItem('Answers', 'showAnswers')
    .addToUi();
}

function askCheck() {
  file_('check', '');
}

function askGapReports() {
  file_('gap reports', '');
}

function askGapReportsForSelection() {
  fileForSelection_('gap reports');
}

function askPreparation() {
  file_('preparation', '');
}

function askPreparationForSelection() {
  fileForSelection_('preparation');
}

function askReminders() {
  file_('remind', '');
}

function askReleasePlan() {
  file_('release plan', '');
}

function askRelease() {
  confirm_('release', 'release plan', 'Release this?', 'Show what can be released');
}

function askSendPlan() {
  file_('send plan', '');
}

function askSend() {
  confirm_('send', 'send plan', 'Send this?', 'Show what would be sent');
}

/** Show the latest requests and what became of them. */
function showAnswers() {
  const table = readRequests_();
  if (table === null) {
    return;
  }
  const asked = requestsOf_(table).reverse();
  const lines = asked.slice(0, SHOWN_ANSWERS).map(function (row) {
    return row['Asked at'] + ' UTC, ' + row['Action'] + ': ' + row['State'] + '. ' + row['Message'];
  });
  say_((lines.join('\n\n') || 'Nothing was asked yet.') + '\n\n' + whenAnswered_(table, new Date()));
}

/**
 * File a request for the people in the selected rows.
 *
 * @param {string} action
 */
function fileForSelection_(action) {
  const people = selectedPeople_();
  if (people !== null) {
    file_(action, people.join('; '));
  }
}

/**
 * File a request to carry out what the latest plan showed, after asking.
 *
 * @param {string} action
 * @param {string} plan the action that shows it
 * @param {string} question
 * @param {string} item the menu item that shows it
 */
function confirm_(action, plan, question, item) {
  const table = readRequests_();
  if (table === null) {
    return;
  }
  const latest = requestsOf_(table).reverse().find(function (row) {
    return row['Action'] === plan || row['Action'] === action;
  });
  if (latest === undefined || latest['Action'] !== plan || latest['State'] !== 'done') {
    say_('There is no answered plan that was not carried out yet. First choose "' + item + '" and wait for its answer.');
    return;
  }
  const ui = SpreadsheetApp.getUi();
  if (ui.alert(question, latest['Message'], ui.ButtonSet.YES_NO) === ui.Button.YES) {
    file_(action, latest['Request ID']);
  }
}

/**
 * File a request in the tab Requests and say when it will be answered.
 *
 * @param {string} action
 * @param {string} argumentsText people with ; between, or the request that is confirmed
 */
function file_(action, argumentsText) {
  if (argumentsText.length > LONGEST_ARGUMENTS) {
    say_('These are too many people for one request. Select fewer rows, or choose the item for everyone.');
    return;
  }
  const lock = LockService.getDocumentLock();
  if (!lock.tryLock(LOCK_MILLISECONDS)) {
    say_('Somebody else is filing a request. Please try again.');
    return;
  }
  try {
    const table = readRequests_();
    if (table === null) {
      return;
    }
    addRow_(table, {
      'Request ID': Utilities.getUuid(),
      'Asked at': new Date().toISOString().slice(0, 19),
      'Action': action,
      'Arguments': argumentsText,
      'State': 'requested',
    });
    SpreadsheetApp.flush();
    SpreadsheetApp.getActiveSpreadsheet().toast('Filed. ' + whenAnswered_(table, new Date()), TITLE, 10);
  } finally {
    lock.releaseLock();
  }
}

/**
 * The tab Requests as it is; null, after a sentence, where there is none.
 *
 * @return {?{sheet: GoogleAppsScript.Spreadsheet.Sheet, first: number, columns: Object<string, number>,
 *   rows: Array<Object<string, string>>}} first: the row below the headers, 1-based; columns: 1-based by header
 */
function readRequests_() {
  const sheet = SpreadsheetApp.getActiveSpreadsheet().getSheetByName(REQUESTS);
  const cells = sheet === null ? [] : sheet.getDataRange().getDisplayValues();
  const header = cells.slice(0, HEADERS_WITHIN_ROWS).findIndex(function (row) {
    return row.map(fold_).indexOf(fold_(COLUMNS[0])) >= 0;
  });
  const found = header < 0 ? [] : cells[header].map(fold_);
  const missing = COLUMNS.filter(function (name) {
    return found.indexOf(fold_(name)) < 0;
  });
  if (sheet === null || missing.length > 0) {
    say_(
      'The tab "' + REQUESTS + '" ' + (sheet === null ? 'is missing' : 'has no column "' + missing[0] + '"') +
        '. Ask your administrator to put it back from the template.'
    );
    return null;
  }
  /** @type {Object<string, number>} */
  const columns = {};
  COLUMNS.forEach(function (name) {
    columns[name] = found.indexOf(fold_(name)) + 1;
  });
  const rows = cells.slice(header + 1).map(function (row) {
    /** @type {Object<string, string>} */
    const named = {};
    COLUMNS.forEach(function (name) {
      named[name] = row[columns[name] - 1];
    });
    return named;
  });
  return { sheet: sheet, first: header + 2, columns: columns, rows: rows };
}

/**
 * The rows that people asked, oldest first.
 *
 * @param {{rows: Array<Object<string, string>>}} table
 * @return {Array<Object<string, string>>}
 */
function requestsOf_(table) {
  return table.rows.filter(function (row) {
    return row['Request ID'] !== '' && row['Request ID'] !== SYNC_ROW;
  });
}

/**
 * Write below the last row, as plain text, so that no text becomes a number, a date or a formula.
 *
 * @param {{sheet: GoogleAppsScript.Spreadsheet.Sheet, first: number, columns: Object<string, number>}} table
 * @param {Object<string, string>} values by header
 */
function addRow_(table, values) {
  const sheet = table.sheet;
  const row = Math.max(sheet.getLastRow() + 1, table.first);
  if (row > sheet.getMaxRows()) {
    sheet.insertRowsAfter(sheet.getMaxRows(), row - sheet.getMaxRows());
  }
  const places = COLUMNS.map(function (name) {
    return table.columns[name];
  });
  const left = Math.min.apply(null, places);
  const cells = Array(Math.max.apply(null, places) - left + 1).fill('');
  Object.keys(values).forEach(function (name) {
    cells[table.columns[name] - left] = values[name];
  });
  sheet.getRange(row, left, 1, cells.length).setNumberFormat('@').setValues([cells]);
}

/**
 * When the sync will answer, by what it says of itself in its own row.
 *
 * @param {{rows: Array<Object<string, string>>}} table
 * @param {Date} now
 * @return {string}
 */
function whenAnswered_(table, now) {
  const sync = table.rows.find(function (row) {
    return row['Request ID'] === SYNC_ROW;
  });
  const minutes = sync === undefined ? 0 : Number((sync['Arguments'].match(/^every (\d+) minutes?$/) || [])[1] || 0);
  if (minutes === 0) {
    return (
      'It will be answered when the sync runs next; it has no fixed times. ' +
      'Ask your administrator to run: careersheets sync schedule install'
    );
  }
  const late = requestsOf_(table).some(function (row) {
    const waited = now.getTime() - Date.parse(row['Asked at'] + 'Z');
    return row['State'] === 'requested' && waited > 2 * minutes * 60000;
  });
  if (late) {
    return (
      'The sync should run every ' + minutes + ' minutes, but an earlier request is still waiting. ' +
      'Ask your administrator to run: careersheets sync status'
    );
  }
  return 'It will be answered within ' + minutes + (minutes === 1 ? ' minute' : ' minutes') + '; see ' + TITLE + ' > Answers.';
}

/**
 * The people in the selected rows, each once; rows that a filter hides do not count. Null, after a sentence, for nobody.
 *
 * @return {?Array<string>}
 */
function selectedPeople_() {
  const spreadsheet = SpreadsheetApp.getActiveSpreadsheet();
  const sheet = spreadsheet.getActiveSheet();
  const cells = sheet.getDataRange().getValues();
  const place = PEOPLE_TABS.indexOf(sheet.getName()) < 0 ? null : personColumn_(cells);
  if (place === null) {
    say_('Select rows on the tab ' + PEOPLE_TABS.join(', ').replace(/, (\w+)$/, ' or $1') + ', then choose this again.');
    return null;
  }
  const list = spreadsheet.getActiveRangeList();
  /** @type {Array<string>} */
  const people = [];
  (list === null ? [] : list.getRanges()).forEach(function (range) {
    const last = Math.min(range.getLastRow(), cells.length);
    for (let row = Math.max(range.getRow(), place.header + 1); row <= last; row += 1) {
      const person = String(cells[row - 1][place.column - 1]).trim();
      if (person !== '' && people.indexOf(person) < 0 && !sheet.isRowHiddenByFilter(row) && !sheet.isRowHiddenByUser(row)) {
        people.push(person);
      }
    }
  });
  return checked_(people);
}

/**
 * @param {Array<string>} people
 * @return {?Array<string>} the same; null, after a sentence, where a request cannot hold them
 */
function checked_(people) {
  const strange = people.find(function (person) {
    return person.indexOf(';') >= 0 || person.charAt(0) === '=' || person.charAt(0) === '#';
  });
  if (strange !== undefined) {
    say_('"' + strange + '" is not an employee ID. Correct the cell, then choose this again.');
    return null;
  }
  if (people.length === 0) {
    say_('The selected rows hold nobody. Select one or more rows of the table, then choose this again.');
    return null;
  }
  return people;
}

/**
 * Where the employee IDs of a tab stand.
 *
 * @param {Array<Array<*>>} cells
 * @return {?{header: number, column: number}} row and column of the header, 1-based
 */
function personColumn_(cells) {
  const names = PERSON_HEADERS.map(fold_);
  for (let row = 0; row < Math.min(cells.length, HEADERS_WITHIN_ROWS); row += 1) {
    const column = cells[row].findIndex(function (cell) {
      return names.indexOf(fold_(String(cell))) >= 0;
    });
    if (column >= 0) {
      return { header: row + 1, column: column + 1 };
    }
  }
  return null;
}

/**
 * A header without the differences that do not matter.
 *
 * @param {string} text
 * @return {string}
 */
function fold_(text) {
  return text.toLowerCase().normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Show one sentence.
 *
 * @param {string} sentence
 */
function say_(sentence) {
  SpreadsheetApp.getUi().alert(TITLE, sentence, SpreadsheetApp.getUi().ButtonSet.OK);
}
