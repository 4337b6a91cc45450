// What an operator should change: why, the line to change, and what to expect.

import { h, setText, state } from '../dom.js';
import { words } from '../format.js';

const TONES = { critical: 'bad', warning: 'warn', info: 'idle' };

/** One recommendation. */
export function recommendation(one) {
  const { type, severity, message, evidence, change, expected, gateways = [], suggestions = [] } = one;
  const more = suggestions.filter((text) => ![change, expected, evidence].includes(text));
  return h(
    `article.advice.${TONES[severity] ? severity : 'info'}`,
    {},
    h('p', {}, state(TONES[severity] ?? 'idle', severity), ' ', h('strong', {}, message), h('span.none', {}, ` ${[words(type), ...gateways].join(', ')}`)),
    evidence && h('p', {}, `Measured: ${evidence}`),
    change && lineToChange(change),
    expected && h('p', {}, `To expect: ${expected}`),
    more.map((text) => h('p', {}, text)),
  );
}

function lineToChange(line) {
  const button = h('button.quiet', { type: 'button' }, 'Copy');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(line);
      setText(button, 'Copied');
    } catch {
      setText(button, 'Select it and copy');
    }
  });
  return h('div.change', {}, h('code', {}, line), button);
}
