/**
 * Stand-ins for the parts of Google Apps Script that the menu uses: strict ones. A method that Apps Script does not have,
 * that is not written down here, or that the manifest's scopes do not allow throws; so does a dialogue in a simple trigger.
 */
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const SOURCE = path.join(__dirname, '..', '..', 'careersheets', 'surfaces', 'google_menu');
const SHEETS = ['https://www.googleapis.com/auth/spreadsheets.currentonly', 'https://www.googleapis.com/auth/spreadsheets'];
const DIALOGUE = ['https://www.googleapis.com/auth/script.container.ui'];
const FREE = [];

// Each method of Apps Script that may be used, with the scopes of which one is needed, as its reference says.
const METHODS = {
  SpreadsheetApp: { getUi: FREE, getActiveSpreadsheet: SHEETS, flush: FREE },
  Ui: { createMenu: FREE, alert: DIALOGUE, Button: FREE, ButtonSet: FREE },
  Menu: { addItem: FREE, addSeparator: FREE, addToUi: FREE },
  Spreadsheet: { getSheetByName: SHEETS, getActiveSheet: SHEETS, getActiveRangeList: SHEETS, toast: SHEETS },
  Sheet: {
    getName: SHEETS,
    getDataRange: SHEETS,
    getLastRow: SHEETS,
    getMaxRows: SHEETS,
    insertRowsAfter: SHEETS,
    getRange: SHEETS,
    isRowHiddenByFilter: SHEETS,
    isRowHiddenByUser: SHEETS,
  },
  RangeList: { getRanges: SHEETS },
  Range: {
    getRow: SHEETS,
    getLastRow: SHEETS,
    getValues: SHEETS,
    getDisplayValues: SHEETS,
    setValues: SHEETS,
    setNumberFormat: SHEETS,
  },
  LockService: { getDocumentLock: FREE },
  Lock: { tryLock: FREE, releaseLock: FREE },
  Utilities: { getUuid: FREE },
};

const manifest = () => JSON.parse(fs.readFileSync(path.join(SOURCE, 'appsscript.json'), 'utf8'));

/** One sheet of cells, 1-based, as Google keeps it: what is typed is understood unless the cell is plain text. */
class Tab {
  constructor(name, rows, { maxRows = 50, hidden = [] } = {}) {
    Object.assign(this, { name, maxRows, hidden, cells: rows.map((row) => [...row]), formats: {} });
  }

  width() {
    return Math.max(0, ...this.cells.map((row) => row.length));
  }

  put(row, column, value) {
    if (row > this.maxRows) throw new Error(`The coordinates of the range are outside the dimensions of the sheet: ${row}`);
    while (this.cells.length < row) this.cells.push([]);
    const line = this.cells[row - 1];
    while (line.length < column) line.push('');
    const plain = this.formats[`${row},${column}`] === '@';
    if (!plain && typeof value === 'string' && value.startsWith('=')) throw new Error(`a formula was written: ${value}`);
    const number = !plain && typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value));
    line[column - 1] = number ? Number(value) : value;
  }
}

/** A sheet with a user before it; `seen` is what the user saw and what was called. */
class World {
  constructor({ tabs, active = 'People', selection = [], scopes, busy = false, answer = 'YES', trigger = false, now } = {}) {
    this.tabs = tabs;
    this.active = active;
    this.selection = selection;
    this.scopes = scopes || manifest().oauthScopes;
    this.dirty = false;
    this.settings = { busy, answer, trigger };
    this.seen = { alerts: [], toasts: [], menu: [], locked: 0, unwritten: false, used: new Set() };
    const clock = now || '2026-11-22T07:00:00Z';
    class FixedDate extends Date {
      constructor(...given) {
        super(...(given.length ? given : [clock]));
      }
    }
    this.context = vm.createContext({
      SpreadsheetApp: this.spreadsheetApp(),
      LockService: this.strict('LockService', { getDocumentLock: () => this.lock() }),
      Utilities: this.strict('Utilities', { getUuid: () => crypto.randomUUID() }),
      Date: FixedDate,
    });
    vm.runInContext(fs.readFileSync(path.join(SOURCE, 'careersheets.js'), 'utf8'), this.context);
  }

  /** Choose a menu item by its caption, as a user does. */
  choose(caption) {
    const open = new World({ tabs: this.tabs, scopes: [], trigger: true });
    open.context.onOpen();
    const item = open.seen.menu.find((it) => it.caption === caption);
    if (!item) throw new Error(`there is no menu item "${caption}"`);
    this.context[item.run]();
  }

  strict(kind, object) {
    const world = this;
    return new Proxy(object, {
      get(target, name) {
        if (typeof name === 'symbol' || name === 'then') return target[name];
        const needed = METHODS[kind][name];
        if (needed === undefined || !(name in target)) throw new TypeError(`${kind}.${name} is not a function`);
        if (needed.length && !needed.some((scope) => world.scopes.includes(scope))) {
          throw new Error(`Specified permissions are not sufficient to call ${kind}.${name}`);
        }
        world.seen.used.add(`${kind}.${name}`);
        return target[name];
      },
      set(target, name) {
        throw new TypeError(`${kind}.${String(name)} cannot be set`);
      },
    });
  }

  spreadsheetApp() {
    return this.strict('SpreadsheetApp', {
      getUi: () => this.ui(),
      getActiveSpreadsheet: () => this.spreadsheet(),
      flush: () => {
        this.dirty = false;
      },
    });
  }

  ui() {
    const Button = { YES: 'YES', NO: 'NO', OK: 'OK' };
    const ButtonSet = { OK: 'OK', YES_NO: 'YES_NO' };
    return this.strict('Ui', {
      Button,
      ButtonSet,
      createMenu: (title) => this.menu(title),
      alert: (...given) => {
        if (this.settings.trigger) throw new Error('You do not have permission to call Ui.alert in a simple trigger');
        if (given.length !== 3 || !(given[2] in ButtonSet)) throw new Error(`alert was called with ${given.length} values`);
        if (this.seen.locked === 1 && given[2] === 'YES_NO') throw new Error('a question was asked while others wait');
        this.seen.alerts.push({ title: given[0], text: given[1], buttons: given[2] });
        return given[2] === 'YES_NO' ? this.settings.answer : 'OK';
      },
    });
  }

  menu(title) {
    const items = [];
    const menu = this.strict('Menu', {
      addItem: (caption, run) => (items.push({ caption, run, title }), menu),
      addSeparator: () => menu,
      addToUi: () => {
        this.seen.menu = items;
      },
    });
    return menu;
  }

  spreadsheet() {
    return this.strict('Spreadsheet', {
      getSheetByName: (name) => (this.tabs[name] ? this.sheet(this.tabs[name]) : null),
      getActiveSheet: () => this.sheet(this.tabs[this.active]),
      getActiveRangeList: () =>
        this.selection === null
          ? null
          : this.strict('RangeList', {
              getRanges: () => this.selection.map(([first, last]) => this.range(this.tabs[this.active], first, 1, last - first + 1, 1)),
            }),
      toast: (...given) => {
        this.seen.toasts.push(given[0]);
      },
    });
  }

  sheet(tab) {
    return this.strict('Sheet', {
      getName: () => tab.name,
      getDataRange: () => this.range(tab, 1, 1, Math.max(1, tab.cells.length), Math.max(1, tab.width())),
      getLastRow: () => tab.cells.length,
      getMaxRows: () => tab.maxRows,
      insertRowsAfter: (row, count) => {
        if (row !== tab.maxRows || count < 1) throw new Error('Those rows are out of bounds.');
        tab.maxRows += count;
      },
      getRange: (row, column, rows, columns) => this.range(tab, row, column, rows, columns),
      isRowHiddenByFilter: (row) => tab.hidden.includes(row),
      isRowHiddenByUser: () => false,
    });
  }

  range(tab, row, column, rows, columns) {
    const values = (shown) =>
      Array.from({ length: rows }, (_, down) =>
        Array.from({ length: columns }, (__, across) => {
          const value = (tab.cells[row - 1 + down] || [])[column - 1 + across];
          return value === undefined ? '' : shown ? String(value) : value;
        })
      );
    const range = this.strict('Range', {
      getRow: () => row,
      getLastRow: () => row + rows - 1,
      getValues: () => values(false),
      getDisplayValues: () => values(true),
      setNumberFormat: (format) => {
        for (let down = 0; down < rows; down += 1) {
          for (let across = 0; across < columns; across += 1) tab.formats[`${row + down},${column + across}`] = format;
        }
        return range;
      },
      setValues: (given) => {
        if (!this.seen.locked) throw new Error('cells were written without the lock');
        if (given.length !== rows || given.some((line) => line.length !== columns)) {
          throw new Error('The number of values does not match the number of cells in the range.');
        }
        this.dirty = true;
        given.forEach((line, down) => line.forEach((value, across) => tab.put(row + down, column + across, value)));
        return range;
      },
    });
    return range;
  }

  lock() {
    return this.strict('Lock', {
      tryLock: () => {
        if (!this.settings.busy) this.seen.locked = 1;
        return !this.settings.busy;
      },
      releaseLock: () => {
        this.seen.locked = 0;
        this.seen.unwritten = this.seen.unwritten || this.dirty;
      },
    });
  }
}

module.exports = { METHODS, SOURCE, Tab, World, manifest };
