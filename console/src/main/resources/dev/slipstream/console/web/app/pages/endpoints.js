// Endpoints: which are busy, slow, failing; and one of them closely.

import { get } from '../api.js';
import { h, replace, state } from '../dom.js';
import { count, millis, perSecond, share } from '../format.js';
import { Page, figure, figures, headline, panel } from '../page.js';
import { address } from '../route.js';
import { Table, numbers, texts } from '../table.js';
import { endpoints } from '../verdicts.js';
import { Endpoint } from './endpoint.js';

const QUIET = 'no requests in the last minute';

export class Endpoints extends Page {
  begin() {
    const name = this.parameters.get('name');
    if (name) replace(this, Endpoint.of(this, name));
    else this.#list();
  }

  #list() {
    const first = headline();
    const all = panel('All endpoints', { note: 'An endpoint is a method and the paths that are called together. Rates and times are of the last minute.' });
    const table = endpointTable(this.target);
    const f = { requests: figure('Requests'), slow: figure('Slower than 1 s (95 %)'), failing: figure('Failing'), uncached: figure('Without a hit lately') };
    replace(all.body, table);
    replace(this, first.element, figures(...Object.values(f)), all.element);
    this.every(5, all, () => get('/performance/endpoints', { limit: 500, target: this.target }, this.signal), ({ endpoints: rows }) => {
      table.rows = rows;
      first.show(endpoints(rows));
      const rate = rows.reduce((sum, row) => sum + (row.requests_per_second ?? 0), 0);
      f.requests.show(h('data', { value: rate }, perSecond(rate)), `of ${count(rows.length)} endpoints`);
      many(f.slow, rows, (row) => row.p95_ms > 1000, 'take longer than a second');
      many(f.failing, rows, (row) => row.error_rate > 0.01, 'fail for more than 1 % of requests');
      many(f.uncached, rows, (row) => row.requests_per_second > 0 && !(row.hit_rate > 0), 'had requests in the last minute, and none was answered from the cache');
    });
  }
}

function many(shown, rows, test, note) {
  const amount = rows.filter(test).length;
  shown.show(h('data', { value: amount }, count(amount)), note);
}

function endpointTable(target) {
  return Table.of({
    caption: 'Endpoints',
    file: 'endpoints',
    key: (row) => row.endpoint,
    search: 'Search endpoints',
    empty: 'There were no requests yet.',
    sort: { key: 'requests', descending: true },
    columns: [
      texts('endpoint', 'Endpoint', {
        wide: true,
        show: (row) => h('a.mono', { href: address('endpoints', { name: row.endpoint, target }) }, row.endpoint),
      }),
      numbers('requests', 'Requests', count),
      numbers('requests_per_second', 'Rate', perSecond, { reason: QUIET }),
      numbers('hit_rate', 'Hits', share, { reason: QUIET }),
      numbers('p50_ms', 'Half within', millis, { reason: QUIET }),
      numbers('p95_ms', '95 % within', millis, { reason: QUIET }),
      numbers('p99_ms', '99 % within', millis, { reason: QUIET }),
      numbers('error_rate', 'Errors', share, {
        reason: QUIET,
        show: (row) => (row.error_rate > 0.01 ? state('bad', share(row.error_rate)) : h('data', { value: row.error_rate }, share(row.error_rate))),
      }),
      numbers('score', 'Score', share, { reason: 'fewer than 10 requests in the last minute' }),
      numbers('saved_ms', 'Time saved', millis, { reason: 'no hits yet' }),
    ],
  });
}

customElements.define('page-endpoints', Endpoints);
