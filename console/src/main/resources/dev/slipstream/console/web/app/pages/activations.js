// The optimizer's rules and what they did, as tables.

import { h, replace, state } from '../dom.js';
import { byUnit, count, duration, known, millis, percent, share, time, words } from '../format.js';
import { Table, numbers, states, texts } from '../table.js';

const RULE_TONES = { in: 'warn', out: 'ok', cooling_down: 'idle', disabled: 'idle', suspended: 'bad', not_in_level: 'idle', off: 'idle' };
const RULE_WORDS = { in: 'acts', out: 'waits', cooling_down: 'cools down', not_in_level: 'not in this level' };
const VERDICT_TONES = { helped: 'ok', harmed: 'bad', no_effect: 'idle', pending: 'warn', unknown: 'idle' };

/**
 * The rules; change(row, {enabled}|{threshold}) carries a change out, in the gateway of the row, and
 * answers what went wrong: '' for nothing, null if it was not to be done after all.
 */
export function ruleTable(change) {
  return Table.of({
    caption: 'Rules of the optimizer',
    file: 'optimizer-rules',
    key: (row) => `${row.target} ${row.name}`,
    columns: [
      texts('name', 'Rule', { show: (row) => h('span', { title: row.intent }, words(row.name)) }),
      states('state', 'State', (row) => RULE_TONES[row.state] ?? 'idle', {
        signature: (row) => [row.state, row.suspended_reason],
        show: (row) => state(RULE_TONES[row.state] ?? 'idle', RULE_WORDS[row.state] ?? words(row.state), row.suspended_reason),
      }),
      texts('enabled', 'Enabled', { show: (row) => enabling(row, change) }),
      numbers('threshold', 'Threshold', String, {
        signature: (row) => [row.threshold, row.unit],
        show: (row) => threshold(row, change),
      }),
      numbers('entered_last_hour', 'Last hour', count),
      numbers('entered', 'In all', count),
      numbers('active_ms', 'Active for', duration),
      texts('last_reason', 'What it did last', {
        wide: true,
        reason: 'it has not entered yet',
        signature: (row) => [row.last_reason, row.last_verdict, row.last_effect, row.last_entered_at],
        show: (row) => [
          h('span.line', {}, row.last_entered_at ? `${time(row.last_entered_at)}: ` : '', row.last_reason),
          row.last_verdict && h('span.line.fine', {}, state(VERDICT_TONES[row.last_verdict] ?? 'idle', words(row.last_verdict)), ' ', row.last_effect),
        ],
      }),
      texts('last_entered_at', 'Entered last', { exported: true }),
      texts('last_verdict', 'Verdict', { exported: true }),
      texts('last_effect', 'Effect', { exported: true }),
      texts('target', 'Gateway', { common: true }),
    ],
  });
}

function enabling(row, change) {
  const box = h('input', { type: 'checkbox', role: 'switch', checked: row.enabled, 'aria-label': `${words(row.name)} enabled` });
  const trouble = h('span', { role: 'status' });
  box.addEventListener('change', async () => {
    const wrong = await change(row, { enabled: box.checked });
    if (wrong !== '') box.checked = !box.checked;
    replace(trouble, wrong && h('span.trouble', {}, wrong));
  });
  return [box, trouble];
}

function threshold(row, change) {
  const format = byUnit(row.unit);
  const button = h('button.quiet', { type: 'button', title: 'Change this threshold' }, h('data', { value: row.threshold }, format(row.threshold)));
  const place = h('span', {}, button);
  button.addEventListener('click', () => {
    const input = h('input.threshold', { type: 'number', step: 'any', value: row.threshold, 'aria-label': `Threshold of ${words(row.name)} in ${row.unit}` });
    const trouble = h('span', { role: 'status' });
    const form = h('form.buttons', {}, input, h('button', {}, 'Set'), h('button.quiet', { type: 'button', on: { click: () => replace(place, button) } }, 'Cancel'), trouble);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const wrong = await change(row, { threshold: Number(input.value) });
      if (wrong === '') replace(place, button);
      else replace(trouble, wrong && h('span.trouble', {}, wrong));
    });
    replace(place, form);
    input.focus();
  });
  return place;
}

/** Activations, the newest first. */
export function activationTable(caption = 'Activations', file = 'activations') {
  return Table.of({
    caption,
    file,
    empty: caption === 'Emergencies' ? 'There was none.' : 'No rule has entered yet.',
    key: (row) => `${row.target} ${row.number}`,
    columns: [
      texts('rule', 'Rule', {
        signature: (row) => [row.rule, row.subject],
        show: (row) => [h('strong.line', {}, words(row.rule)), row.subject !== 'gateway' && h('span.line.fine.mono', {}, row.subject)],
      }),
      texts('subject', 'For', { exported: true }),
      texts('began_at', 'Began', { show: (row) => h('time', { datetime: row.began_at }, time(row.began_at)) }),
      numbers('lasted_ms', 'Lasted', duration, {
        value: (row) => (row.ended_at ? Date.parse(row.ended_at) - Date.parse(row.began_at) : null),
        reason: 'goes on',
      }),
      texts('reason', 'Why, and what was done', {
        wide: true,
        signature: (row) => [row.reason, row.action, row.observed, row.injected],
        show: (row) => [
          h('span.line', {}, row.reason),
          h('span.line.fine', {}, row.observed && h('span.tag', {}, 'only observed'), row.injected && h('span.tag', {}, `made up: ${row.injected}`), row.action),
        ],
      }),
      texts('action', 'What was done', { exported: true }),
      texts('verdict', 'What that brought', {
        wide: true,
        signature: (row) => [row.verdict, row.effect, row.after],
        show: (row) => [
          h('span.line', {}, state(VERDICT_TONES[row.verdict] ?? 'idle', words(row.verdict)), ' ', row.effect),
          h('span.line.fine', {}, changes(row)),
        ],
      }),
      texts('effect', 'Effect', { exported: true }),
      texts('before_after', 'Before and after', { exported: true, value: changes }),
      texts('target', 'Gateway', { common: true }),
    ],
  });
}

function changes({ before = {}, after = {} }) {
  const line = (name, key, format) =>
    known(before?.[key]) && known(after?.[key]) ? `${name} ${format(before[key])} → ${format(after[key])}` : null;
  return [line('p95', 'p95_ms', millis), line('processor', 'cpu_percent', percent), line('errors', 'error_rate', share), line('hits', 'hit_rate', share)]
    .filter(Boolean)
    .join('; ');
}

/** Those in which what could wait was refused. */
export function emergencies(activations) {
  return activations.filter(({ rule }) => rule.startsWith('emergency'));
}
