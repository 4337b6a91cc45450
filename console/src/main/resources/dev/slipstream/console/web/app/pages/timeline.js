// Activations on a line of time: a lane for each rule, a bar for each activation.

import { h, replace } from '../dom.js';
import { time, words } from '../format.js';

const LEAST_MS = 15 * 60_000;
const LANES = 12;

/** How a verdict looks. */
export function toneOf({ verdict, observed }) {
  if (observed) return 'observed';
  return { helped: 'ok', harmed: 'bad', no_effect: 'idle', pending: 'warn', unknown: 'idle' }[verdict] ?? 'idle';
}

/** Draws activations into an element; the table under it has the same in words. */
export function drawTimeline(place, activations, now = Date.now()) {
  if (activations.length === 0) {
    replace(place);
    return;
  }
  const begins = activations.map((one) => Date.parse(one.began_at));
  const from = Math.min(now - LEAST_MS, ...begins);
  const at = (instant) => `${((100 * (instant - from)) / (now - from)).toFixed(3)}%`;
  const lanes = new Map();
  activations.forEach((one) => {
    if (!lanes.has(one.rule)) lanes.set(one.rule, []);
    lanes.get(one.rule).push(one);
  });
  const shown = [...lanes].slice(0, LANES);
  const rows = shown.map(([rule, all]) =>
    h('div.lane', {}, h('span.lane-name', {}, words(rule)), h('div.lane-bars', {}, all.map((one) => bar(one, at, now)))),
  );
  const marks = [from, from + (now - from) / 2, now].map((instant) => {
    const mark = h('span', {}, time(instant).replace(/:\d\d$/, ''));
    mark.style.left = at(instant);
    return mark;
  });
  const said = `${activations.length} activations of ${lanes.size} rules since ${time(from)}`;
  replace(
    place,
    h(
      'div.timeline',
      { role: 'img', 'aria-label': `${said}; the table below lists them.` },
      rows,
      h('div.lane', {}, h('span'), h('div.lane-axis', {}, marks)),
    ),
    h(
      'p.keys-to-bars',
      {},
      [['ok', 'helped'], ['idle', 'no effect, or not known'], ['bad', 'harmed, rolled back'], ['warn', 'being measured'], ['observed', 'only observed']].map(
        ([tone, text]) => h('span', {}, h(`i.bar.${tone}`), text),
      ),
    ),
  );
}

function bar(one, at, now) {
  const begin = Date.parse(one.began_at);
  const end = one.ended_at ? Date.parse(one.ended_at) : now;
  const element = h(`span.bar.${toneOf(one)}`, {
    title: `${words(one.rule)}, ${one.subject}: ${one.reason}. ${one.effect || words(one.verdict)}`,
  });
  element.style.left = at(begin);
  element.style.width = `${(parseFloat(at(end)) - parseFloat(at(begin))).toFixed(3)}%`;
  return element;
}
