// The keys that are stored: searched, as a tree or a table, and each one's entry.

import { get } from '../api.js';
import { show } from '../dialogs.js';
import { h, none, replace, value } from '../dom.js';
import { bytes, count, duration, plural, time } from '../format.js';
import { load, pairs, panel } from '../page.js';
import { tree } from '../tree.js';
import { Table, numbers, texts } from '../table.js';

const MOST = 1000;
const FIRST_LEAVES = 100;

export class KeyBrowser extends HTMLElement {
  #page;
  #panel = panel('Keys');
  #pattern = h('input', {
    type: 'search',
    value: '*',
    'aria-label': 'Pattern of keys',
    placeholder: 'Pattern, such as *users*',
    spellcheck: 'false',
    autocomplete: 'off',
    data: { search: '' },
  });
  #level = h('select', { 'aria-label': 'Tier' }, [['all', 'Both tiers'], ['l1', 'L1'], ['l2', 'L2']].map(([value, label]) => h('option', { value }, label)));
  #result = h('div.panel-body', { 'aria-live': 'off' });
  #looking = new AbortController();

  static of(page) {
    const browser = document.createElement('slip-keys');
    browser.#page = page;
    browser.#build();
    return browser;
  }

  #build() {
    const search = h(
      'form.buttons',
      { role: 'search' },
      h('span.search', {}, this.#pattern, h('kbd', { 'aria-hidden': 'true' }, '/')),
      this.#level,
      h('button', {}, 'Look'),
    );
    search.addEventListener('submit', (event) => {
      event.preventDefault();
      this.look();
    });
    const note = h('p.note', {}, '* stands for any characters. Bodies are not shown, unless the gateway is set to show them.');
    replace(this.#panel.body, search, note, this.#result);
    replace(this, this.#panel.element);
  }

  connectedCallback() {
    this.look();
  }

  /** The search before, if it goes on, is given up: what it finds is not what is asked for now. */
  look() {
    this.#looking.abort();
    this.#looking = new AbortController();
    const signal = AbortSignal.any([this.#looking.signal, this.#page.signal]);
    const asked = { pattern: this.#pattern.value.trim() || '*', level: this.#level.value, limit: MOST, target: this.#page.target };
    return load(this.#panel, signal, () => get('/cache/keys', asked, signal), (answer) => this.#show(answer));
  }

  #show({ keys, truncated }) {
    const bytesInAll = keys.reduce((sum, key) => sum + (key.size_bytes ?? 0), 0);
    const found = truncated
      ? `The first ${plural(keys.length, 'key')} of more: narrow the pattern to see others.`
      : `${plural(keys.length, 'key')}, ${bytes(bytesInAll)}.`;
    this.#page.app.announce(found);
    const flat = h('details', {}, h('summary', {}, 'As a table'));
    flat.addEventListener('toggle', () => flat.children.length < 2 && flat.append(this.#table(keys)));
    replace(
      this.#result,
      h('p.found', {}, found),
      keys.length > 0 && h('div.tree', { role: 'region', tabindex: 0, 'aria-label': 'Keys as a tree' }, this.#list(tree(keys), true)),
      keys.length > 0 && flat,
    );
  }

  #list(node, open) {
    const list = h('ul', {}, node.groups.map((group) => this.#group(group, open && node.groups.length === 1)));
    this.#leaves(list, node.entries);
    return list;
  }

  #leaves(list, entries) {
    const first = entries.slice(0, FIRST_LEAVES);
    const rest = entries.slice(FIRST_LEAVES);
    list.append(...first.map(({ name, entry }) => this.#leaf(name, entry)));
    if (rest.length === 0) return;
    const more = h('li', {}, h('button', { type: 'button' }, `${rest.length} more`));
    more.firstChild.addEventListener('click', () => {
      more.remove();
      this.#leaves(list, rest);
    });
    list.append(more);
  }

  #group(group, open) {
    const item = h('li');
    const button = h(
      'button',
      { type: 'button', 'aria-expanded': String(open) },
      h('span.mono', {}, h('span.twist', { 'aria-hidden': 'true' }), `${group.name}:`),
      h('span.meta', {}, plural(group.count, 'key')),
      h('span.meta', {}, bytes(group.bytes)),
    );
    let list = null;
    const set = (expanded) => {
      button.setAttribute('aria-expanded', String(expanded));
      list ??= this.#list(group, false);
      if (expanded) item.append(list);
      else list.remove();
    };
    button.addEventListener('click', () => set(button.getAttribute('aria-expanded') !== 'true'));
    item.append(button);
    if (open) set(true);
    return item;
  }

  #leaf(name, entry) {
    const tiers = [entry.l1 && 'L1', entry.l2 && 'L2'].filter(Boolean).join(' + ');
    return h(
      'li',
      {},
      h(
        'button.leaf',
        { type: 'button', title: entry.key, on: { click: () => this.#inspect(entry.key) } },
        h('span.mono', {}, h('span.twist', { 'aria-hidden': 'true' }), name === '' ? '(end of the key)' : name),
        h('span.meta.extra', {}, tiers),
        h('span.meta.extra', {}, 'age ', value(entry.age_ms, duration, 'not told')),
        h('span.meta', {}, 'left ', value(entry.ttl_ms, left, 'no end')),
        h('span.meta', {}, value(entry.size_bytes, bytes, 'not told')),
      ),
    );
  }

  #table(keys) {
    const table = Table.of({
      caption: 'Keys',
      file: 'keys',
      key: (row) => row.key,
      columns: [
        texts('key', 'Key', {
          wide: true,
          show: (row) => h('button.quiet.mono', { type: 'button', on: { click: () => this.#inspect(row.key) } }, row.key),
        }),
        texts('tiers', 'Tiers', { value: (row) => [row.l1 && 'L1', row.l2 && 'L2'].filter(Boolean).join(' + ') }),
        numbers('age_ms', 'Age', duration, { reason: 'not told' }),
        numbers('ttl_ms', 'Left', left, { reason: 'no end' }),
        numbers('size_bytes', 'Size', bytes, { reason: 'not told' }),
        texts('tags', 'Tags', { value: (row) => (row.tags ?? []).join(' '), show: (row) => tags(row.tags) }),
        texts('targets', 'Gateways', { value: (row) => (row.targets ?? []).join(' ') }),
      ],
    });
    table.rows = keys;
    return table;
  }

  async #inspect(key) {
    const place = panel('Entry');
    const shown = { entries: [] };
    await load(place, this.#page.signal, () => get('/cache/entry', { key, target: this.#page.target }, this.#page.signal), ({ entries }) => (shown.entries = entries));
    const trouble = place.element.querySelector('.trouble');
    await show('Entry', [
      h('p.mono', {}, key),
      trouble.hidden ? h('div.columns.three', {}, shown.entries.map(report)) : h('p.trouble', {}, trouble.textContent),
    ]);
  }
}

const left = (value) => (value < 0 ? `ended ${duration(-value)} ago` : duration(value));

function tags(all) {
  return (all ?? []).map((tag) => h('span.tag', {}, tag));
}

/** An entry as one gateway tells of it. */
function report(entry) {
  const lines = [
    ['Gateway', entry.target],
    ['In', [entry.l1 && 'L1', entry.l2 && 'L2'].filter(Boolean).join(' and ')],
    ['Status', entry.status ?? none('no response')],
    ['State', [entry.freshness, entry.fresh_ms > 0 ? `, for another ${duration(entry.fresh_ms)}` : '']],
    ['Stored', [h('time', { datetime: entry.stored_at }, time(entry.stored_at)), ', age ', value(entry.age_ms, duration)]],
    ['Dropped in', value(entry.ttl_ms, left, 'no end')],
    ['Size', [value(entry.size_bytes, bytes), ', of it body ', value(entry.body_bytes, bytes)]],
    ['Type', [entry.content_type, entry.content_encoding].filter(Boolean).join(', ') || none('none stated')],
    ['Rule', entry.rule || none('no rule: as the response says itself')],
    ['Tags', (entry.tags ?? []).length > 0 ? tags(entry.tags) : none('none')],
    ['Chosen by', map(entry.variant, 'the same for all requests of this key')],
    ['Fields', map(entry.fields, 'none')],
  ];
  return h(
    'div.panel-body',
    {},
    pairs(lines),
    entry.body_excerpt
      ? h('pre.sample', { tabindex: 0 }, entry.body_excerpt)
      : h('p.note', {}, `The body (${count(entry.body_bytes ?? 0)} bytes) is masked.`),
  );
}

function map(values, otherwise) {
  const all = Object.entries(values ?? {});
  return all.length === 0 ? none(otherwise) : all.map(([name, text]) => h('div.mono', {}, `${name}: ${text}`));
}

customElements.define('slip-keys', KeyBrowser);
