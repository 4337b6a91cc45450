// Optimizer: what it sees, what it does, what that brought, and what it recommends.

import { ApiError, get, send } from '../api.js';
import { Chart } from '../chart.js';
import { confirmChange } from '../dialogs.js';
import { h, replace, state, value } from '../dom.js';
import { byUnit, bytesPerSecond, count, known, percent, share, words } from '../format.js';
import { Page, figure, figures, headline, panel } from '../page.js';
import { optimizer } from '../verdicts.js';
import { recommendation } from './advice.js';
import { activationTable, emergencies, ruleTable } from './activations.js';
import { drawTimeline } from './timeline.js';

/** What is shown of a gateway's system, by the names of the metrics. */
const SYSTEM = [
  {
    title: 'Processor',
    kind: 'percent',
    file: 'cpu',
    series: [['host_cpu', 'host'], ['process_cpu', 'this process'], ['container_cpu', 'container']],
  },
  {
    title: 'Memory',
    kind: 'percent',
    file: 'memory',
    series: [['heap_after_collection', 'heap after collection'], ['host_memory', 'host'], ['container_memory', 'container']],
  },
  { title: 'Heap in use, garbage included', kind: 'bytes', file: 'heap', series: [['heap_used', 'heap']] },
  {
    title: 'Stopped for garbage collection',
    kind: 'smallPercent',
    file: 'gc',
    series: [['gc_pauses', 'of the time'], ['gc_concurrent', 'collected beside']],
  },
  { title: 'Threads and open files', kind: 'count', file: 'threads', series: [['threads', 'threads'], ['file_descriptors', 'files']] },
  {
    title: 'Network',
    kind: 'bytesRate',
    file: 'network',
    series: [['network_sent', 'sent'], ['network_received', 'received']],
  },
];

export class Optimizer extends Page {
  #headline = headline();
  #figures = {
    score: figure('Score'),
    cpu: figure('Processor'),
    memory: figure('Memory'),
    disk: figure('Disk'),
    network: figure('Network'),
    triggered: figure('Rules that entered'),
  };
  #rules = { rules: [], level: '', mode: '' };
  #recommendations = [];

  begin() {
    const f = this.#figures;
    const advice = panel('Recommendations', { note: 'What to change, why, and what to expect. The line can be copied into the configuration.' });
    const rules = panel('Rules', { note: 'Each acts by itself when a value is over its threshold, and undoes what it did when it leaves.' });
    const lines = panel('Activations', { note: 'When rules acted, and what that brought: the means of the samples before and after.' });
    const urgent = panel('Emergencies', { note: 'Times in which what could wait was refused, or L1 emptied.' });
    const system = panel('System resources');
    const table = ruleTable((row, change) => this.#change(row, change));
    const activations = activationTable();
    const urgentTable = activationTable('Emergencies', 'emergencies');
    const line = h('div');
    const level = this.#levelChoice();
    replace(rules.body, level.element, table);
    replace(lines.body, line, activations);
    replace(urgent.body, urgentTable);
    replace(
      this,
      this.#headline.element,
      figures(...Object.values(f)),
      advice.element,
      lines.element,
      urgent.element,
      rules.element,
      system.element,
    );
    const target = { target: this.target };
    this.every(5, rules, () => get('/performance/rules', target, this.signal), (answer) => {
      this.#rules = answer;
      table.rows = answer.rules;
      level.show(answer);
      this.#say();
    });
    const told = (problem) => {
      urgent.element.removeAttribute('aria-busy');
      urgent.problem(problem);
    };
    const acted = () =>
      get('/performance/activations', { ...target, limit: 200 }, this.signal).catch((error) => {
        if (error instanceof ApiError) told(error.message);
        throw error;
      });
    this.every(5, lines, acted, (answer) => {
      activations.rows = answer.activations;
      urgentTable.rows = emergencies(answer.activations);
      told(null);
      drawTimeline(line, answer.activations);
    });
    this.every(15, advice, () => get('/performance/recommendations', target, this.signal), (answer) => {
      this.#recommendations = answer.recommendations ?? [];
      f.score.show(value(answer.overall_score, share, 'no requests lately'), known(answer.overall_score) ? 'how well it does; 100 % is best' : 'unknown: no requests lately');
      replace(advice.body, this.#recommendations.length === 0 ? h('p', {}, state('ok', 'None'), ': nothing that was measured asks for a change.') : this.#recommendations.map(recommendation));
      this.#say();
    });
    this.#system(system);
    this.every(10, system, () => get('/performance/report', target, this.signal), ({ performance_report: report }) => this.#resources(report));
    this.live('sample', () => this.#now());
    this.#now();
  }

  #say() {
    this.#headline.show(
      optimizer({
        rules: this.#rules.rules,
        mode: this.#rules.mode,
        level: this.#rules.level_in_force ?? this.#rules.level,
        recommendations: this.#recommendations,
      }),
    );
  }

  #now() {
    const status = this.app.status;
    if (!status) return;
    const { current_metrics: now = {}, optimization_rules: rules = {} } = status;
    const f = this.#figures;
    f.cpu.show(value(now.cpu_percent, percent, 'not measured'), 'of the container, or the host');
    f.memory.show(value(now.memory_percent, percent, 'not measured yet'), known(now.memory_percent) ? 'heap after collection, or container' : 'known after a collection');
    f.triggered.show(value(rules.triggered_last_hour, count), `in the last hour; ${count(rules.enabled ?? 0)} of ${count(rules.total ?? 0)} are enabled`);
  }

  #resources({ resource_usage: usage = {} }) {
    const { disk_usage_percent: disk, network_io: network } = usage;
    this.#figures.disk.show(value(disk, percent, 'not measured'), 'of the working directory’s file system');
    this.#figures.network.show(
      value(network?.bytes_sent_per_sec, bytesPerSecond, 'not measured'),
      known(network?.bytes_recv_per_sec) ? `sent; ${bytesPerSecond(network.bytes_recv_per_sec)} received` : 'not measured here',
    );
  }

  /** Resources are those of one process: of the gateway that was chosen, or the first that answers. */
  #system(place) {
    const grid = h('div.columns');
    const note = h('p.note');
    place.element.insertBefore(note, place.body);
    replace(place.body, grid);
    const all = new Map();
    const read = async () => {
      const name = this.target || (this.app.targets ?? []).find(({ status }) => status === 'up')?.name;
      if (!name) throw new ApiError('No gateway answers', 503);
      note.textContent = this.target ? '' : `Of ${name}, the first gateway that answers; choose another one above.`;
      const metrics = SYSTEM.flatMap(({ series }) => series.map(([key]) => key)).join(',');
      return get('/performance/history', { target: name, seconds: this.app.seconds, metrics }, this.signal);
    };
    const once = this.every(10, place, read, ({ history }) => {
      SYSTEM.forEach((one) => {
        if (!all.has(one)) {
          const made = chart(one.title, one.kind, one.file, one.series);
          all.set(one, made);
          grid.append(h('div', {}, made));
        }
        all.get(one).show(together(history, one.series));
      });
    });
    this.live('points', () => all.size === 0 && once());
  }

  #levelChoice() {
    const select = h('select', { 'aria-label': 'Level' }, ['conservative', 'balanced', 'aggressive', 'adaptive'].map((name) => h('option', {}, name)));
    const text = h('span');
    const outcome = h('span', { role: 'status' });
    let set = '';
    select.addEventListener('change', async () => {
      replace(outcome);
      const { value: wanted } = select;
      const wrong = await this.#put(`Set the level to ${wanted}`, '/performance/level', { level: wanted }, this.target);
      if (wrong === '') set = wanted;
      select.value = set;
      if (wrong !== null) replace(outcome, wrong === '' ? 'Changed.' : h('span.trouble', {}, `Not changed. ${wrong}.`));
    });
    const element = h('p.buttons', {}, h('label.inline', {}, 'Level ', select), text, outcome);
    const show = ({ level, level_in_force: inForce, level_reason: reason, mode }) => {
      set = level || set;
      if (document.activeElement !== select && level) select.value = level;
      const force = inForce && inForce !== level ? `in force: ${inForce}` : '';
      const observing = mode && mode !== 'act' ? `mode: ${mode}` : '';
      const said = [observing, force, reason].filter(Boolean).join('; ');
      if (text.textContent !== said) text.textContent = said;
    };
    return { element, show };
  }

  async #change(row, change) {
    const deed = 'threshold' in change ? `Set the threshold of ${words(row.name)} to ${byUnit(row.unit)(change.threshold)}` : `Turn ${words(row.name)} ${change.enabled ? 'on' : 'off'}`;
    const wrong = await this.#put(deed, `/performance/rules/${encodeURIComponent(row.name)}`, change, row.target);
    if (wrong === '') this.app.announce(`${words(row.name)} was changed.`);
    return wrong;
  }

  /** Asks why, and changes one gateway, or all. Answers what went wrong; null if it was not to be done. */
  async #put(deed, path, change, target) {
    const where = target ? `at ${target}` : 'at all gateways';
    const reason = await confirmChange(`${deed} ${where}?`, [], 'Change it');
    if (reason === null) return null;
    try {
      await send('PUT', path, { parameters: { target }, body: reason ? { ...change, reason } : change });
      return '';
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error.message;
    }
  }
}

function together(history, series) {
  const byTime = new Map();
  for (const [key] of series) {
    for (const { t, mean } of history[key]?.points ?? []) {
      byTime.set(t, { ...(byTime.get(t) ?? { t }), [key]: mean });
    }
  }
  return [...byTime.values()].sort((first, second) => first.t - second.t);
}

function chart(title, kind, file, series) {
  return Chart.of({ title, kind, file: `system-${file}`, empty: 'Not measured in this time.', series: series.map(([key, label]) => ({ key, label })) });
}

customElements.define('page-optimizer', Optimizer);
