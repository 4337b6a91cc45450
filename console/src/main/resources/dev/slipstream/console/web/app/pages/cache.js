// Cache: how the tiers do, what is in them, and removing from them.

import { get } from '../api.js';
import { Chart } from '../chart.js';
import { h, none, replace, value } from '../dom.js';
import { bytes, count, known, millis, perSecond, plural, share, words } from '../format.js';
import { Page, figure, figures, headline, pairs, panel } from '../page.js';
import { Table, numbers, texts } from '../table.js';
import { cache } from '../verdicts.js';
import { KeyBrowser } from './keys.js';
import { removalForms } from './removal.js';

const NOT_ASKED = 'not asked lately';

export class Cache extends Page {
  #headline = headline();
  #figures = {
    l1: figure('L1 hit rate'),
    memory: figure('L1 memory'),
    l2: figure('L2 hit rate'),
    l2Time: figure('L2 within (95 %)'),
    evictions: figure('L1 evictions'),
    errors: figure('Errors'),
  };
  #charts = [];
  #details = null;
  #counts = null;

  begin() {
    this.#charts = [
      Chart.of({
        title: 'Hit rates by tier',
        kind: 'share',
        file: 'hit-rates',
        empty: 'No requests in this time.',
        series: [{ key: 'l1_hit_rate', label: 'L1' }, { key: 'l2_hit_rate', label: 'L2' }, { key: 'hit_rate', label: 'together' }],
      }),
      Chart.of({ title: 'Memory of L1', kind: 'bytes', file: 'l1-memory', series: [{ key: 'l1_bytes', label: 'in use' }] }),
      Chart.of({
        title: 'Latency, 95th percentile',
        kind: 'millis',
        file: 'cache-latency',
        empty: 'Nothing was answered from the cache in this time.',
        series: [{ key: 'hits_p95_ms', label: 'hits, whole' }, { key: 'l2_p95_ms', label: 'Redis' }],
      }),
      Chart.of({
        title: 'Evictions and errors',
        kind: 'rate',
        file: 'evictions-errors',
        series: [{ key: 'evictions_per_second', label: 'evictions' }, { key: 'errors_per_second', label: 'errors' }],
      }),
    ];
    const causes = panel('How requests were answered', { note: 'Since the gateways started.' });
    this.#counts = {
      outcomes: countTable('Outcomes', 'outcomes', 'No requests yet.'),
      refusals: countTable('Why answers were not stored', 'not-stored', 'Every answer was stored.'),
      errors: countTable('Errors by type', 'cache-errors', 'No errors.'),
    };
    const stored = panel('Why answers were not stored', { note: 'The most frequent causes, since the gateways started.' });
    const errors = panel('Errors by type', { note: 'Since the gateways started. None of them failed a request.' });
    replace(causes.body, this.#counts.outcomes);
    replace(stored.body, this.#counts.refusals);
    replace(errors.body, this.#counts.errors);
    const numbersOf = panel('The tiers in numbers');
    this.#details = numbersOf.body;
    const keys = KeyBrowser.of(this);
    replace(
      this,
      this.#headline.element,
      figures(...Object.values(this.#figures)),
      h('div.columns.stretched', {}, this.#charts.map((chart) => h('section.panel', {}, chart))),
      keys,
      removalForms(this),
      h('div.columns', {}, causes.element, h('div.stack', {}, stored.element, errors.element)),
      numbersOf.element,
    );
    [causes, stored, errors].forEach(({ element }) => element.removeAttribute('aria-busy'));
    this.live('points', () => this.#show());
    this.every(5, numbersOf, () => get('/cache/details', { target: this.target }, this.signal), (answer) => {
      this.#answer = answer.cache_details;
      this.#show();
      this.#tables();
    });
    this.#show();
  }

  #answer = null;

  #show() {
    const { app } = this;
    const point = app.series.last();
    const points = app.series.within(app.seconds);
    this.#charts.forEach((chart) => chart.show(points));
    const details = this.#answer;
    if (details === null) return;
    const { l1, l2, errors } = details;
    this.#headline.show(cache({ details, point }));
    const f = this.#figures;
    const none1 = known(point?.l1_hit_rate) ? 'of look-ups just now' : `no rate: ${NOT_ASKED}`;
    f.l1.show(value(point?.l1_hit_rate, share, NOT_ASKED), none1);
    f.memory.show(
      [value(l1.memory_usage_bytes, bytes), meter(l1.memory_usage_bytes, l1.max_memory_bytes)],
      `of ${known(l1.max_memory_bytes) ? bytes(l1.max_memory_bytes) : 'unknown'}, ${plural(l1.entries, 'entry', 'entries')}`,
    );
    const noRedis = 'no Redis is configured';
    f.l2.show(l2 ? value(point?.l2_hit_rate, share, NOT_ASKED) : none(noRedis), l2 ? (known(point?.l2_hit_rate) ? 'of look-ups just now' : `no rate: ${NOT_ASKED}`) : noRedis);
    f.l2Time.show(l2 ? value(l2.latency_p95_ms, millis, NOT_ASKED) : none(noRedis), l2 ? (known(l2.latency_p99_ms) ? `99 % within ${millis(l2.latency_p99_ms)}` : NOT_ASKED) : noRedis);
    f.evictions.show(value(point?.evictions_per_second, perSecond, 'not known yet'), known(l1.evictions) ? `${count(l1.evictions)} since the start` : '');
    const sum = Object.values(errors ?? {}).reduce((all, one) => all + (one ?? 0), 0);
    f.errors.show(h('data', { value: sum }, count(sum)), 'since the start');
  }

  #tables() {
    const { l1, l2, codec, coherence, outcomes, refusals, errors } = this.#answer;
    this.#counts.outcomes.rows = counted(outcomes);
    this.#counts.refusals.rows = counted(refusals);
    this.#counts.errors.rows = counted(errors);
    replace(
      this.#details,
      h(
        'div.columns.three',
        {},
        tier('L1, in the gateway', {
          'Hit rate since the start': value(l1.hit_rate, share, 'not asked yet'),
          Entries: value(l1.entries, count),
          'Written, removed': [value(l1.puts, count), ' / ', value(l1.removals, count)],
          'Expired, evicted': [value(l1.expirations, count), ' / ', value(l1.evictions, count)],
        }),
        l2
          ? tier('L2, Redis', {
              'Hit rate since the start': value(l2.hit_rate, share, 'not asked yet'),
              'Latency: half, 95 %, 99 %': [value(l2.latency_p50_ms, millis), ' / ', value(l2.latency_p95_ms, millis), ' / ', value(l2.latency_p99_ms, millis)],
              Breaker: l2.breaker_state ?? none('not told'),
              'Read, written': [value(l2.bytes_read, bytes), ' / ', value(l2.bytes_written, bytes)],
              'Writes waiting, dropped': [value(l2.queued_writes, count), ' / ', value(l2.dropped_writes, count)],
              Topology: l2.topology ?? none('not told'),
            })
          : tier('L2, Redis', { Configured: 'no' }),
        tier('Compression and coherence', {
          'Size after compression': codec ? value(codec.compression_ratio, share, 'nothing was compressed') : none('no Redis is configured'),
          'Time to write, to read an entry': codec ? [value(codec.encode_mean_us, micros), ' / ', value(codec.decode_mean_us, micros)] : none('no Redis is configured'),
          'Gateways that hear each other': coherence ? value(coherence.gateways, count) : none('no Redis is configured'),
          'Messages missed': coherence ? value(coherence.missed, count) : none('no Redis is configured'),
        }),
      ),
    );
  }
}

const micros = (value) => millis(value / 1000);

function meter(part, whole) {
  if (!known(part) || !(whole > 0)) return null;
  const bar = h('i');
  bar.style.width = `${Math.min(100, (100 * part) / whole)}%`;
  return h('span.meter', { 'aria-hidden': 'true' }, bar);
}

function counted(map) {
  const all = Object.entries(map ?? {}).filter(([, amount]) => amount > 0);
  const sum = all.reduce((total, [, amount]) => total + amount, 0);
  return all.map(([name, amount]) => ({ name, count: amount, share: amount / sum }));
}

function countTable(caption, file, empty) {
  return Table.of({
    caption,
    file,
    empty,
    narrow: true,
    key: (row) => row.name,
    sort: { key: 'count', descending: true },
    columns: [
      texts('name', 'What', { show: (row) => words(row.name) }),
      numbers('count', 'How often', count),
      numbers('share', 'Share', share),
    ],
  });
}

function tier(title, all) {
  return h('div', {}, h('h3', {}, title), pairs(Object.entries(all)));
}

customElements.define('page-cache', Cache);
