// One endpoint closely: times of hits and misses apart, its outcomes, and what was learned of it.

import { get } from '../api.js';
import { Chart } from '../chart.js';
import { h, none, replace, value } from '../dom.js';
import { bytes, count, duration, known, millis, perSecond, plural, share, words } from '../format.js';
import { figure, figures, headline, pairs, panel } from '../page.js';
import { address } from '../route.js';
import { Table, numbers, texts } from '../table.js';

const QUIET = 'no requests in the last minute';

export class Endpoint extends HTMLElement {
  static of(page, name) {
    const element = document.createElement('slip-endpoint');
    element.#begin(page, name);
    return element;
  }

  #begin(page, name) {
    const first = headline();
    const f = {
      rate: figure('Requests'),
      hits: figure('Answered by the cache'),
      p95: figure('95 % answered within'),
      errors: figure('Requests that fail'),
      score: figure('Score'),
      saved: figure('Time saved'),
    };
    const charts = [
      chart('Response time', 'millis', 'times', [['p50_ms', '50 %'], ['p95_ms', '95 %'], ['p99_ms', '99 %']]),
      chart('Hits and misses apart, 95th percentile', 'millis', 'hits-misses', [['hits_p95_ms', 'hits'], ['misses_p95_ms', 'misses']]),
      chart('Hit rate and errors', 'share', 'rates', [['hit_rate', 'hit rate'], ['error_rate', 'errors']]),
      chart('Requests', 'rate', 'requests', [['requests_per_second', 'requests']]),
    ];
    const times = panel('Times of the last minute');
    const outcomes = panel('How its requests were answered', { note: 'Since the gateways started.' });
    const learning = panel('How long its answers may live', { note: 'What was seen of how often answers change, and the lifetime that follows.' });
    const timeTable = timesTable();
    const outcomeTable = outcomesTable();
    replace(times.body, timeTable);
    replace(outcomes.body, outcomeTable);
    replace(
      this,
      h('p', {}, h('a', { href: address('endpoints', { target: page.target }) }, '← All endpoints')),
      first.element,
      figures(...Object.values(f)),
      h('div.columns.stretched', {}, charts.map((one) => h('section.panel', {}, one))),
      h('div.columns', {}, times.element, outcomes.element),
      learning.element,
    );
    first.show({ tone: 'idle', word: name, sentence: '' });
    const read = () => get('/performance/endpoint', { name, seconds: page.app.seconds, target: page.target }, page.signal);
    const again = page.every(5, times, read, (answer) => {
      const { endpoint: one, history = [], learning: learned = [] } = answer;
      first.show(sentence(name, one));
      charts.forEach((each) => each.show(history));
      fillFigures(f, one);
      timeTable.rows = [kind('all', one), kind('hits', one.hits), kind('misses', one.misses)];
      outcomeTable.rows = Object.entries(one.outcomes ?? {})
        .filter(([, amount]) => amount > 0)
        .map(([outcome, amount]) => ({ outcome, count: amount, share: amount / one.requests }));
      replace(learning.body, learned.length > 0 ? h('div.columns', {}, learned.map(explanation)) : h('p', {}, 'Nothing was learned of it yet.'));
      [outcomes, learning].forEach(({ element }) => element.removeAttribute('aria-busy'));
    });
    page.live('points', () => page.app.seconds !== this.#seconds && ((this.#seconds = page.app.seconds), again()));
    this.#seconds = page.app.seconds;
  }

  #seconds = 0;
}

function chart(title, kindOf, file, series) {
  return Chart.of({
    title,
    kind: kindOf,
    file: `endpoint-${file}`,
    empty: 'No requests in this time.',
    series: series.map(([key, label]) => ({ key, label })),
  });
}

function sentence(name, one) {
  if (!known(one.p95_ms)) return { tone: 'idle', word: name, sentence: `had no requests in the last minute, and ${plural(one.requests, 'request')} before.` };
  const failing = one.error_rate > 0.01;
  const hits = known(one.hit_rate) ? `${share(one.hit_rate)} of its requests come from the cache; ` : '';
  return {
    tone: failing ? 'bad' : 'ok',
    word: name,
    sentence: `${hits}95 % are answered within ${millis(one.p95_ms)}${failing ? `, and ${share(one.error_rate)} fail` : ''}.`,
    details: budget(one.budget),
  };
}

function budget(all) {
  if (!all) return [];
  const burn = (name, used) => (known(used) ? [`Its ${name} is ${used > 1 ? 'overdrawn' : 'kept'}: ${share(used)} used.`] : []);
  return [...burn('budget of time', all.slow_burn), ...burn('budget of errors', all.errors_burn)];
}

function fillFigures(f, one) {
  f.rate.show(value(one.requests_per_second, perSecond, QUIET), `${count(one.requests)} since the start`);
  f.hits.show(value(one.hit_rate, share, QUIET), known(one.hit_rate) ? 'in the last minute' : QUIET);
  f.p95.show(value(one.p95_ms, millis, QUIET), known(one.max_ms) ? `the slowest took ${millis(one.max_ms)}` : QUIET);
  f.errors.show(value(one.error_rate, share, QUIET), known(one.client_error_rate) ? `${share(one.client_error_rate)} answered with 4xx` : '');
  f.score.show(value(one.score, share, 'fewer than 10 requests in the last minute'), known(one.score) ? '100 % is best' : 'needs 10 requests a minute');
  f.saved.show(value(one.saved_ms, millis, 'no hits yet'), 'of the application, since the start');
}

function kind(name, all) {
  return { kind: name, ...(all ?? {}) };
}

function timesTable() {
  return Table.of({
    caption: 'Times of the last minute',
    file: 'endpoint-times-table',
    narrow: true,
    key: (row) => row.kind,
    columns: [
      texts('kind', 'Requests'),
      numbers('mean_ms', 'Mean', millis, { reason: QUIET }),
      numbers('p50_ms', 'Half within', millis, { reason: QUIET }),
      numbers('p95_ms', '95 %', millis, { reason: QUIET }),
      numbers('p99_ms', '99 %', millis, { reason: QUIET }),
    ],
  });
}

function outcomesTable() {
  return Table.of({
    caption: 'Outcomes',
    file: 'endpoint-outcomes',
    narrow: true,
    key: (row) => row.outcome,
    sort: { key: 'count', descending: true },
    columns: [
      texts('outcome', 'What', { show: (row) => words(row.outcome) }),
      numbers('count', 'How often', count),
      numbers('share', 'Share', share),
    ],
  });
}

const seconds = (amount) => duration(amount * 1000);

/** What one gateway has learned. */
function explanation(one) {
  return pairs([
    ['Gateway', one.target],
    ['Rule', one.rule || none('no rule: as the response says itself')],
    ['Verdict', h('strong', {}, one.verdict ?? '')],
    ['Why', one.why],
    ['Lifetime', [value(one.ttl_seconds, seconds), ' at first; ', value(one.ttl_after_change_seconds, seconds), ' after a change; ', value(one.ttl_settled_seconds, seconds), ' once settled', one.adaptive ? '' : ' (would be: the rule is not adaptive)']],
    ['Changes', [value(one.changes_per_hour, perHour, 'nothing was seen yet'), known(one.changes_per_hour_low) ? ` (between ${perHour(one.changes_per_hour_low)} and ${perHour(one.changes_per_hour_high)}, in 95 of 100 cases)` : '', `; ${count(one.changes ?? 0)} changes in ${count(one.observations ?? 0)} looks`]],
    ['Stale answers', [value(one.expected_stale_share, share, 'not known yet'), ' expected, ', value(one.budget, share), ' allowed']],
    ['Limits', (one.limits ?? []).length > 0 ? one.limits.join('; ') : none('none binds')],
    ['Asked for again within a minute', value(one.repeat_ratio, share, 'fewer than 100 requests')],
    ['For its ten busiest URLs', value(one.top_ten_share, share, 'fewer than 500 requests')],
  ]);
}

const perHour = (amount) => `${count(amount)} an hour`;

customElements.define('slip-endpoint', Endpoint);
