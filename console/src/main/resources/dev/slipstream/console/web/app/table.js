// Tables: sorted by buttons, searched, exported; on a narrow screen each row is a card.

import { h, icon, none, replace, setText } from './dom.js';
import { csv, json } from './csv.js';
import { sorted } from './sort.js';
import { plural } from './format.js';

const FIRST_ROWS = 200;
const FIRST_CARDS = 25;
const narrowScreen = matchMedia('(max-width: 640px)');

/**
 * A table of rows that may be given again and again; what did not change in it stays, and with it
 * the focus.
 *
 * Options: caption; file, the name of exports without ending; columns; key(row), which tells rows
 * apart; empty, what to say without rows; sort {key, descending}; search, a label for a search
 * field; narrow, whether to keep the form of a table on narrow screens.
 *
 * A column has: key, as in exports; label; value(row), by which is sorted and which is exported;
 * show(row), a node or text, if it is not the value; signature(row), what that depends on beside the
 * value; numeric; wide, for long text; reason, why a value may be missing; exported, true for what is
 * in exports alone; common, true for what is left out while it is the same in all rows.
 */
export class Table extends HTMLElement {
  #options;
  #rows = [];
  #sort;
  #needle = '';
  #all = false;
  #body = h('tbody', { role: 'rowgroup' });
  #box;
  #export;
  #said = h('span');
  #more = h('span');
  #lines = new Map();

  static of(options) {
    const table = document.createElement('slip-table');
    table.#options = options;
    table.#sort = options.sort ?? null;
    table.#build();
    return table;
  }

  get rows() {
    return this.#rows;
  }

  set rows(rows) {
    this.#rows = rows;
    this.#render();
  }

  #build() {
    const { caption, narrow, search } = this.#options;
    const head = h('tr', { role: 'row' }, this.#columns.map((column) => this.#header(column)));
    const table = h(
      `table${narrow ? '' : '.cards'}`,
      { role: 'table' },
      h('caption.unseen', {}, caption),
      h('thead', { role: 'rowgroup' }, head),
      this.#body,
    );
    this.#box = h('div.table-box', { tabindex: 0, role: 'region', 'aria-label': `Table: ${caption}` }, table);
    this.#export = this.#exports();
    replace(
      this,
      (search || !narrow) && h('div.table-tools', {}, search && this.#search(search), !narrow && this.#sortChoice()),
      this.#box,
      h('div.table-foot', {}, this.#said, this.#more, this.#export),
    );
    this.#render();
  }

  /** Those that are shown. */
  get #columns() {
    return this.#options.columns.filter(({ exported }) => !exported);
  }

  #header(column) {
    const button = h(
      'button.sort',
      { type: 'button', on: { click: () => this.#sortBy(column.key) } },
      column.label,
      h('span.sort-mark', { 'aria-hidden': 'true' }),
    );
    const numeric = column.numeric ? '.numeric' : '';
    return h(`th${numeric}`, { scope: 'col', role: 'columnheader', data: { key: column.key } }, button);
  }

  #search(label) {
    const input = h('input', {
      type: 'search',
      placeholder: label,
      'aria-label': label,
      autocomplete: 'off',
      spellcheck: 'false',
      data: { search: '' },
      on: {
        input: () => {
          this.#needle = input.value.toLowerCase();
          this.#render();
        },
      },
    });
    return h('span.search', {}, input, h('kbd', { 'aria-hidden': 'true' }, '/'));
  }

  #sortChoice() {
    const options = this.#columns.flatMap(({ key, label }) => [
      h('option', { value: `${key} ` }, `${label}, ascending`),
      h('option', { value: `${key} down` }, `${label}, descending`),
    ]);
    const select = h('select', {}, h('option', { value: '' }, 'as it comes'), options);
    select.addEventListener('change', () => {
      const [key, down] = select.value.split(' ');
      this.#sort = key ? { key, descending: down === 'down' } : null;
      this.#render();
    });
    return h('label.sort-choice', {}, 'Sort by ', select);
  }

  #exports() {
    const button = (label, type, ending, write) =>
      h(
        'button.quiet',
        {
          type: 'button',
          title: `Download this table as ${label}`,
          on: { click: () => this.#download(type, ending, write) },
        },
        label,
        h('span.unseen', {}, ` of ${this.#options.caption}`),
      );
    return h(
      'span.exports',
      {},
      button('CSV', 'text/csv', 'csv', csv),
      button('JSON', 'application/json', 'json', json),
    );
  }

  #download(type, ending, write) {
    const { columns, file } = this.#options;
    const rows = this.#shown().map((row) => columns.map((column) => column.value(row)));
    const blob = new Blob([write(columns.map((column) => column.key), rows)], { type });
    const url = URL.createObjectURL(blob);
    h('a', { href: url, download: `${file}.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  #sortBy(key) {
    const numeric = this.#options.columns.find((column) => column.key === key).numeric ?? false;
    const same = this.#sort?.key === key;
    this.#sort = { key, descending: same ? !this.#sort.descending : numeric };
    this.#render();
  }

  /** The rows that match, in order. */
  #shown() {
    const { columns } = this.#options;
    const matching = this.#needle
      ? this.#rows.filter((row) =>
          columns.some((column) => String(column.value(row) ?? '').toLowerCase().includes(this.#needle)),
        )
      : this.#rows;
    const by = columns.find((column) => column.key === this.#sort?.key);
    return by ? sorted(matching, by.value, this.#sort.descending) : matching;
  }

  #render() {
    const columns = this.#columns;
    const alike = columns.map(({ common, value }) => common && new Set(this.#rows.map(value)).size < 2);
    this.querySelectorAll('th').forEach((header, index) => {
      const sort = this.#sort?.key === columns[index].key ? this.#sort : null;
      header.setAttribute('aria-sort', sort ? (sort.descending ? 'descending' : 'ascending') : 'none');
      header.hidden = alike[index];
    });
    const shown = this.#shown();
    const first = narrowScreen.matches ? FIRST_CARDS : FIRST_ROWS;
    const rows = this.#all ? shown : shown.slice(0, first);
    const lines = new Map();
    rows.forEach((row, index) => {
      const key = this.#options.key?.(row) ?? index;
      lines.set(key, this.#line(this.#lines.get(key), row, columns, alike));
    });
    this.#lines = lines;
    arrange(this.#body, [...lines.values()].map((line) => line.element));
    this.#box.hidden = this.#rows.length === 0;
    this.#export.hidden = this.#rows.length === 0;
    setText(this.#said, this.#summary(shown.length));
    this.#offer(shown.length - rows.length);
  }

  #summary(matching) {
    const all = this.#rows.length;
    if (all === 0) return this.#options.empty ?? 'Nothing to show.';
    if (matching === 0) return 'Nothing matches.';
    return `${matching < all ? `${matching} of ` : ''}${plural(all, 'row')}`;
  }

  /** Offers the rows that are not shown yet. */
  #offer(rest) {
    if (this.#more.dataset.rest === String(rest)) return;
    this.#more.dataset.rest = rest;
    const all = () => {
      this.#all = true;
      this.#render();
    };
    replace(this.#more, rest > 0 && h('button.quiet', { type: 'button', on: { click: all } }, `Show ${rest} more`));
  }

  #line(line, row, columns, alike) {
    const cells =
      line?.cells ??
      columns.map((column) => ({
        element: h(`td${column.numeric ? '.numeric' : ''}${column.wide ? '.wide' : ''}`, {
          role: 'cell',
          data: { label: column.label },
        }),
        said: undefined,
      }));
    columns.forEach((column, index) => {
      cells[index].element.hidden = alike[index];
      show(cells[index], column, row);
    });
    return line ?? { cells, element: h('tr', { role: 'row' }, cells.map((cell) => cell.element)) };
  }
}

/** Fills a cell, if what it shows is not what it showed. */
function show(cell, column, row) {
  const value = column.value(row);
  const said = JSON.stringify(column.signature ? column.signature(row) : [value ?? null]);
  if (cell.said === said) return;
  cell.said = said;
  const missing = value === null || value === undefined || value === '';
  if (missing && !column.always) replace(cell.element, none(column.reason ?? 'none'));
  else if (column.show) replace(cell.element, column.show(row));
  else setText(cell.element, String(value));
}

/** Puts children in an order, moving none that stands right: a moved element loses the focus. */
function arrange(parent, children) {
  const keep = new Set(children);
  [...parent.children].filter((child) => !keep.has(child)).forEach((child) => child.remove());
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}

/** A column of numbers: shown in a format, with the exact value in the element. */
export function numbers(key, label, format, more = {}) {
  const value = more.value ?? ((row) => row[key]);
  return {
    key,
    label,
    numeric: true,
    value,
    show: (row) => h('data', { value: String(value(row)) }, format(value(row))),
    ...more,
  };
}

/** A column of text. */
export function texts(key, label, more = {}) {
  return { key, label, value: (row) => row[key], ...more };
}

/** A column of a state in words and colour; tone(value) gives ok, warn, bad or idle. */
export function states(key, label, tone, more = {}) {
  return texts(key, label, {
    show: (row) =>
      h(`span.state.${tone(row)}`, {}, icon(tone(row)), h('span', {}, String(row[key]).replaceAll('_', ' '))),
    ...more,
  });
}

customElements.define('slip-table', Table);
