// Charts over time: uPlot in the page's colours, with its values in words and as a table.

import uPlot from '../vendor/uPlot.esm.js';
import { h, replace, setText } from './dom.js';
import { columns } from './series.js';
import { bytes, bytesPerSecond, count, millis, number, percent, perSecond, share, time } from './format.js';
import { Table, numbers } from './table.js';

const HEIGHT = 168;
const DASHES = [[], [7, 3], [2, 3], [10, 3, 2, 3]];
const POWERS_OF_2 = [0, 1, 2, 3, 4].flatMap((power) =>
  Array.from({ length: 10 }, (_, index) => 1024 ** power * 2 ** index),
);

/** How a kind of value is written, how it is written beside an axis, and where the axis ends. */
export const KINDS = {
  share: { format: share, axis: (value) => `${Number((value * 100).toFixed(1))} %`, most: 1 },
  percent: { format: percent, axis: (value) => `${Number(value.toFixed(1))} %`, most: 100 },
  smallPercent: { format: percent, axis: (value) => `${Number(value.toFixed(2))} %` },
  millis: { format: millis, axis: (value) => (value === 0 ? '0' : compact(millis(value))) },
  bytes: { format: bytes, axis: (value) => (value === 0 ? '0' : compact(bytes(value))), steps: POWERS_OF_2 },
  bytesRate: {
    format: bytesPerSecond,
    axis: (value) => (value === 0 ? '0' : compact(bytesPerSecond(value))),
    steps: POWERS_OF_2,
  },
  rate: { format: perSecond, axis: (value) => (value === 0 ? '0' : compact(perSecond(value))) },
  count: { format: count, axis: (value) => compact(count(value)) },
  number: { format: number, axis: (value) => compact(number(value)) },
};

function compact(text) {
  return text.replace(/(\.\d*?)0+(?=\D|$)/, '$1').replace(/\.(?=\D|$)/, '');
}

/**
 * A chart of some series of one kind.
 *
 * Options: title; kind, of KINDS; series [{key, label}], at most four; file, the name of exports;
 * empty, what to say without values.
 */
export class Chart extends HTMLElement {
  #options;
  #points = [];
  #plot = null;
  #host = h('div.chart-host', { role: 'img' });
  #empty = h('p.chart-empty', { hidden: true });
  #legend = [];
  #details = h('details.chart-data', {}, h('summary', {}, 'Data as a table'));
  #table = null;
  #resizing = new ResizeObserver(() => this.#resize());
  #recolour = () => this.#rebuild();

  static of(options) {
    const chart = document.createElement('slip-chart');
    chart.#options = options;
    chart.#build();
    return chart;
  }

  connectedCallback() {
    this.#resizing.observe(this.#host);
    document.addEventListener('slip-theme', this.#recolour);
  }

  disconnectedCallback() {
    this.#resizing.disconnect();
    document.removeEventListener('slip-theme', this.#recolour);
    this.#plot?.destroy();
    this.#plot = null;
  }

  /** Shows points: objects with t, in ms since 1970, and the keys of the series. */
  show(points) {
    this.#points = points;
    const empty = !points.some((point) => this.#options.series.some(({ key }) => point[key] != null));
    this.#empty.hidden = !empty;
    if (this.#plot) this.#plot.setData(this.#data());
    else this.#rebuild();
    this.#say(null);
    if (this.#details.open) this.#fillTable();
  }

  #build() {
    const { title, series, empty } = this.#options;
    const items = series.map(({ label }, index) => {
      const output = h('span.legend-value', {}, '–');
      this.#legend.push(output);
      return h('li', {}, h(`span.swatch.series-${index + 1}`), h('span', {}, label), output);
    });
    setText(this.#empty, empty ?? 'No values in this time.');
    this.#details.addEventListener('toggle', () => this.#details.open && this.#fillTable());
    replace(
      this,
      h(
        'figure',
        {},
        h('figcaption', {}, h('h2', {}, title), h('ul.legend', { 'aria-hidden': 'true' }, items)),
        h('div.chart-box', {}, this.#host, this.#empty),
        this.#details,
      ),
    );
  }

  get #kind() {
    return KINDS[this.#options.kind];
  }

  #data() {
    return columns(this.#points, this.#options.series.map(({ key }) => key));
  }

  #resize() {
    const width = Math.floor(this.#host.clientWidth);
    if (width === 0) return;
    if (this.#plot) this.#plot.setSize({ width, height: HEIGHT });
    else this.#rebuild();
  }

  #rebuild() {
    const width = Math.floor(this.#host.clientWidth);
    if (width === 0 || !this.isConnected) return;
    this.#plot?.destroy();
    this.#host.replaceChildren();
    this.#plot = new uPlot(this.#plotOptions(width), this.#data(), this.#host);
  }

  #plotOptions(width) {
    const colour = colours(this.#host);
    const { most, steps, axis } = this.#kind;
    const axes = { stroke: colour.text, font: '11px system-ui, sans-serif', ticks: { show: false } };
    const grid = { stroke: colour.grid, width: 1 };
    return {
      width,
      height: HEIGHT,
      legend: { show: false },
      padding: [8, 8, 0, 0],
      cursor: {
        y: false,
        drag: { x: false, y: false },
        sync: { key: 'slipstream' },
        points: { size: 7, width: 1.5, fill: colour.card },
      },
      scales: { y: { range: (_, low, high) => range(low, high, most) } },
      axes: [
        { ...axes, grid: { show: false }, space: 64, size: 28, values: (_, at, i, s, step) => at.map((t) => clock(t, step)) },
        { ...axes, grid, size: 62, gap: 6, space: 34, ...(steps ? { incrs: steps } : {}), values: (_, at) => at.map(axis) },
      ],
      series: [
        {},
        ...this.#options.series.map(({ label }, index) => ({
          label,
          stroke: colour.series[index],
          width: 1.75,
          dash: DASHES[index],
          points: { show: false },
        })),
      ],
      hooks: { setCursor: [(plot) => this.#say(plot.cursor.idx ?? null)] },
    };
  }

  /** Says the values at an index of the plot's data, or the latest, beside the labels. */
  #say(index) {
    const { series, title } = this.#options;
    const data = this.#plot?.data;
    const latest = this.#points.at(-1) ?? {};
    series.forEach(({ key }, i) => {
      const value = index === null || !data ? latest[key] : data[i + 1]?.[index];
      setText(this.#legend[i], value == null ? '–' : this.#kind.format(value));
    });
    if (index === null) this.#host.setAttribute('aria-label', summary(title, series, this.#points, this.#kind));
  }

  #fillTable() {
    const { title, series, file } = this.#options;
    if (!this.#table) {
      this.#table = Table.of({
        caption: `${title}: values`,
        file,
        narrow: true,
        key: (row) => row.t,
        sort: { key: 'time', descending: true },
        columns: [
          { key: 'time', label: 'Time', value: (row) => new Date(row.t).toISOString(), show: (row) => time(row.t) },
          ...series.map(({ key, label }) => numbers(key, label, this.#kind.format, { reason: 'no value' })),
        ],
      });
      this.#details.append(this.#table);
    }
    this.#table.rows = this.#points;
  }
}

/** What a chart shows, in a sentence. */
function summary(title, series, points, { format }) {
  const parts = series.map(({ key, label }) => {
    const values = points.map((point) => point[key]).filter((value) => value != null);
    if (values.length === 0) return `${label}: no values`;
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return `${label}: now ${format(values.at(-1))}, between ${format(low)} and ${format(high)}`;
  });
  return `${title}. ${parts.join('; ')}.`;
}

function range(low, high, most) {
  if (most !== undefined) return [0, Math.max(most, high ?? 0)];
  const top = high === null || high <= 0 ? 1 : high * 1.12;
  return [Math.min(0, low ?? 0), top];
}

function clock(seconds, step) {
  const text = new Date(seconds * 1000).toTimeString();
  return step < 60 ? text.slice(0, 8) : text.slice(0, 5);
}

/** The page's colours as the canvas needs them: variables would be read unresolved. */
function colours(element) {
  const probe = h('span');
  element.append(probe);
  const resolved = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const all = {
    text: resolved('--ink-3'),
    grid: resolved('--line'),
    card: resolved('--card'),
    series: [1, 2, 3, 4].map((index) => resolved(`--series-${index}`)),
  };
  probe.remove();
  return all;
}

customElements.define('slip-chart', Chart);
