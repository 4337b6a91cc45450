// Audit: who changed what through this console, from where, why, and what came of it.

import { get } from '../api.js';
import { h, replace, state } from '../dom.js';
import { time, words } from '../format.js';
import { Page, headline, panel } from '../page.js';
import { Table, states, texts } from '../table.js';
import { audit } from '../verdicts.js';

export class Audit extends Page {
  begin() {
    const first = headline();
    const all = panel('Changes', { note: 'The newest first. What was refused is here, too.' });
    const table = Table.of({
      caption: 'Changes',
      file: 'audit',
      search: 'Search changes',
      empty: 'Nobody has changed anything yet.',
      key: (row) => `${row.at} ${row.action} ${row.target} ${row.result} ${row.from}`,
      columns: [
        texts('at', 'When', { show: (row) => h('time', { datetime: row.at }, time(row.at)) }),
        texts('who', 'Who', { show: (row) => [h('strong', {}, row.who), row.role ? ` (${row.role})` : ''], reason: 'nobody that is known' }),
        texts('role', 'Role', { reason: 'none' }),
        texts('from', 'From', { show: (row) => h('span.mono', {}, row.from) }),
        texts('action', 'What', { show: (row) => deed(row.action) }),
        texts('target', 'Gateway', { reason: 'all' }),
        texts('details', 'In detail', {
          wide: true,
          value: (row) => text(row.details),
          show: (row) => h('span.mono', {}, text(row.details)),
        }),
        texts('reason', 'Why', { wide: true, reason: 'no reason was given' }),
        texts('correlation_id', 'Correlation', { exported: true }),
        texts('status', 'Status', { exported: true }),
        states('result', 'Result', tone, { show: (row) => state(tone(row), words(row.result)) }),
      ],
    });
    replace(all.body, table);
    replace(this, first.element, all.element);
    this.every(5, all, () => get('/audit', { limit: 200 }, this.signal), ({ entries }) => {
      table.rows = entries;
      first.show(audit(entries));
    });
  }
}

const tone = ({ result }) => ({ done: 'ok', partial: 'warn', counted: 'idle' })[result] ?? 'bad';

const DEEDS = {
  'POST /api/v1/cache/invalidate': 'invalidate',
  'DELETE /api/v1/cache/flush': 'flush',
  'POST /api/v1/rules/reload': 'read the rules file again',
  'POST /api/v1/test/performance': 'make a metric up',
  'PUT /api/v1/performance/level': 'set the level',
};

/** A change in words, where there are any. */
function deed(action) {
  return DEEDS[action] ?? action.replace('/api/v1/', '');
}

function text(details) {
  return details !== null && typeof details === 'object' ? JSON.stringify(details) : details;
}

customElements.define('page-audit', Audit);
