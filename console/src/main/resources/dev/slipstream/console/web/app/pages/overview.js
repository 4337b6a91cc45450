// Overview: is it healthy, what does the cache save, what is acting now.

import { get } from '../api.js';
import { Chart } from '../chart.js';
import { h, replace, state, value } from '../dom.js';
import { bytes, byUnit, count, duration, known, millis, perSecond, share, time, words } from '../format.js';
import { Page, figure, figures, headline, panel } from '../page.js';
import { address } from '../route.js';
import { Table, numbers, states, texts } from '../table.js';
import { overview } from '../verdicts.js';

/** Why a rate is not there. */
function missing(point) {
  if (!known(point?.requests_per_second)) return 'not measured yet';
  return point.requests_per_second > 0 ? 'none could be cached' : 'no requests lately';
}

export class Overview extends Page {
  #headline = headline();
  #figures = {
    requests: figure('Requests'),
    hits: figure('Hit rate'),
    p95: figure('95 % answered within'),
    errors: figure('Requests that fail'),
    saved: figure('Backend time saved'),
  };
  #sum = {
    time: figure('Backend time'),
    calls: figure('Backend calls'),
    bytes: figure('Bytes from the cache'),
    stale: figure('Stale answers instead of waits or errors'),
  };
  #charts = [];
  #acting = panel('Acting now');
  #kpis = null;
  #gateways = null;

  begin() {
    const f = this.#figures;
    const sums = panel('Saved since the gateways started');
    sums.element.removeAttribute('aria-busy');
    const saved = figures(...Object.values(this.#sum));
    saved.classList.add('pair');
    replace(sums.body, saved);
    const goals = panel('Against the targets', { note: 'What is measured now, beside what it should be.' });
    const gateways = panel('Gateways');
    gateways.element.removeAttribute('aria-busy');
    this.#charts = [
      Chart.of({
        title: 'Answered by the cache, and failed',
        kind: 'share',
        file: 'hit-rate',
        empty: 'No requests in this time.',
        series: [{ key: 'hit_rate', label: 'hit rate' }, { key: 'error_rate', label: 'errors' }],
      }),
      Chart.of({
        title: 'Response time, 95th percentile',
        kind: 'millis',
        file: 'response-time',
        empty: 'No requests in this time.',
        series: [{ key: 'hits_p95_ms', label: 'hits' }, { key: 'misses_p95_ms', label: 'misses' }],
      }),
      Chart.of({
        title: 'Requests',
        kind: 'rate',
        file: 'requests',
        series: [{ key: 'requests_per_second', label: 'requests' }],
      }),
      Chart.of({
        title: 'Backend time saved each second',
        kind: 'millis',
        file: 'saved',
        series: [{ key: 'saved_ms_per_second', label: 'saved' }],
      }),
    ];
    this.#kpis = kpiTable();
    this.#gateways = gatewayTable();
    replace(goals.body, this.#kpis);
    replace(gateways.body, this.#gateways);
    const framed = this.#charts.map((chart) => h('section.panel', {}, chart));
    replace(
      this,
      this.#headline.element,
      figures(f.requests, f.hits, f.p95, f.errors, f.saved),
      h('div.columns.stretched', {}, framed.slice(0, 2)),
      h('div.columns.stretched', {}, this.#acting.element, sums.element),
      h('div.columns.stretched', {}, framed.slice(2)),
      gateways.element,
      goals.element,
    );
    this.live('points', () => this.#show());
    this.live('state', () => this.#show());
    this.every(10, sums, () => get('/cache/details', { target: this.target }, this.signal), (answer) => this.#saved(answer));
    this.every(10, goals, () => get('/performance/kpis', { target: this.target }, this.signal), ({ kpis }) => (this.#kpis.rows = kpis));
    this.every(15, gateways, () => get('/targets', {}, this.signal), ({ targets }) => {
      this.#gateways.rows = targets;
      this.app.known = targets;
      this.#show();
    });
    this.#show();
  }

  #show() {
    const { app } = this;
    const points = app.series.within(app.seconds);
    const point = app.series.last();
    this.#charts.forEach((chart) => chart.show(points));
    if (app.targets === null) return;
    const details = new Map((app.known ?? []).map((target) => [target.name, target]));
    const targets = app.targets
      .filter(({ name }) => !this.target || name === this.target)
      .map((target) => ({ ...details.get(target.name), ...target }));
    const active = app.status?.active_optimizations ?? [];
    this.#headline.show(overview({ point, targets, active }));
    const f = this.#figures;
    const why = missing(point);
    f.requests.show(value(point?.requests_per_second, perSecond, why), known(point?.in_flight) ? `${count(point.in_flight)} under way` : '');
    f.hits.show(value(point?.hit_rate, share, why), known(point?.hit_rate) ? 'of cacheable requests' : why);
    f.p95.show(value(point?.p95_ms, millis, why), known(point?.p99_ms) ? `99 % within ${millis(point.p99_ms)}` : why);
    f.errors.show(value(point?.error_rate, share, why), known(point?.error_rate) ? 'answered with 5xx, or not at all' : why);
    f.saved.show(value(point?.saved_ms_per_second, millis, why), known(point?.saved_ms_per_second) ? 'each second' : why);
    this.#act(active);
  }

  #act(active) {
    this.#acting.element.removeAttribute('aria-busy');
    const said = JSON.stringify(active);
    if (this.#acting.said === said) return;
    this.#acting.said = said;
    const level = this.app.status?.optimization_level;
    replace(
      this.#acting.body,
      active.length === 0
        ? h('p', {}, state('ok', 'Nothing'), `: every measured value is within its threshold${level ? ` (level ${words(level)})` : ''}.`)
        : h('ul.acts', {}, active.map((one) => this.#activeLine(one))),
      h('p', {}, h('a', { href: address('optimizer', { target: this.target }) }, 'What the optimizer does')),
    );
  }

  #activeLine({ name, enabled_at: since, reason, config }) {
    const subject = config?.subject && config.subject !== 'gateway' ? ` for ${config.subject}` : '';
    return h(
      'li',
      {},
      h('p', {}, state(name.startsWith('emergency') ? 'bad' : 'warn', words(name)), subject, since ? ` since ${time(since)}` : ''),
      h('p.note', {}, reason ?? '', config?.action ? ` → ${config.action}` : ''),
    );
  }

  #saved({ cache_details: details }) {
    const hits = Object.entries(details.outcomes ?? {})
      .filter(([name]) => /hit/.test(name) && !/miss/.test(name))
      .reduce((sum, [, amount]) => sum + amount, 0);
    this.#sum.time.show(value(details.saved_ms, duration), 'what the same answers would have taken');
    this.#sum.calls.show(h('data', { value: hits }, count(hits)), 'requests that the application never saw');
    this.#sum.bytes.show(value(details.saved_bytes, bytes), 'answers sent without it');
    this.#sum.stale.show(value(details.stale_answers, count), 'where a rule allows it');
  }
}

function kpiTable() {
  const tone = ({ met }) => (met === null || met === undefined ? 'idle' : met ? 'ok' : 'bad');
  return Table.of({
    caption: 'Targets',
    file: 'targets-met',
    key: (row) => row.name,
    columns: [
      texts('label', 'What', { value: (row) => row.label ?? words(row.name) }),
      numbers('value', 'Now', number, {
        reason: 'not measured yet',
        show: (row) => h('data', { value: String(row.value) }, byUnit(row.unit)(row.value)),
      }),
      texts('unit', 'Unit', { exported: true }),
      texts('target', 'Target', { show: (row) => withUnit(row.target, row.unit) }),
      states('met', 'Met', tone, {
        always: true,
        show: (row) => state(tone(row), { ok: 'yes', bad: 'no', idle: 'unknown' }[tone(row)]),
      }),
      texts('note', 'Remark', { wide: true, reason: 'nothing to remark' }),
    ],
  });
}

const number = (value) => String(value);

/** A target with the unit that its value has. */
function withUnit(target, unit) {
  const parts = /^([<>]=?) *([\d.]+)$/.exec(target);
  return parts ? `${parts[1]} ${byUnit(unit)(Number(parts[2]))}` : target;
}

function gatewayTable() {
  const tone = ({ status, health, enabled }) => {
    if (status === 'connecting') return 'warn';
    if (status !== 'up') return 'bad';
    return health === 'up' && enabled !== false ? 'ok' : health ? 'warn' : 'ok';
  };
  return Table.of({
    caption: 'Gateways',
    file: 'gateways',
    key: (row) => row.name,
    empty: 'No gateway was found.',
    columns: [
      texts('name', 'Gateway'),
      states('status', 'State', tone, {
        signature: (row) => [row.status, row.health, row.enabled],
        show: (row) => state(tone(row), row.enabled === false ? 'turned off' : row.health && row.status === 'up' ? row.health : words(row.status)),
      }),
      texts('since', 'Since', { show: (row) => h('time', { datetime: row.since }, time(row.since)), reason: 'not told' }),
      numbers('uptime_ms', 'Up for', duration, { reason: 'not known while it does not answer' }),
      texts('version', 'Agent', { reason: 'not known while it does not answer' }),
      texts('java_version', 'Java', { reason: 'not known while it does not answer' }),
      texts('why', 'Remarks', {
        wide: true,
        value: (row) =>
          [row.error, row.disabled_reason, ...(row.health_reasons ?? []), ...(row.configuration_problems ?? []), ...(row.self_check ?? [])]
            .filter(Boolean)
            .join('; '),
        reason: 'nothing to remark',
      }),
    ],
  });
}

customElements.define('page-overview', Overview);
