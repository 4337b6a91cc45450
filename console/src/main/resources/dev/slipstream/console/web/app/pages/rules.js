// Rules: which are in force, which one takes a URL, and what the advisor would write.

import { ApiError, get, send } from '../api.js';
import { abridged, diff } from '../diff.js';
import { confirmChange } from '../dialogs.js';
import { h, none, replace, state, value } from '../dom.js';
import { duration, plural, time } from '../format.js';
import { Page, headline, pairs, panel } from '../page.js';
import { Table, numbers, texts } from '../table.js';
import { rules as verdict } from '../verdicts.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const seconds = (amount) => duration(amount * 1000);

export class Rules extends Page {
  begin() {
    const first = headline();
    const inForce = panel('In force, in order', { note: 'The first rule whose pattern and methods fit a request counts.' });
    const files = panel('Files');
    const table = ruleTable();
    replace(inForce.body, table);
    const advice = panel('What the advisor would write', { note: 'From what was seen of the traffic. Nothing of it is in force.' });
    replace(this, first.element, tester(this), inForce.element, advice.element, h('div.columns', {}, files.element, this.#validator()));
    const target = { target: this.target };
    this.every(10, inForce, () => get('/rules', target, this.signal), (answer) => {
      table.rows = merged(answer.rules);
      first.show(verdict(answer));
      files.element.removeAttribute('aria-busy');
      const said = JSON.stringify(answer.files);
      if (files.said !== said) replace(files.body, answer.files.map((file) => this.#file(file)));
      files.said = said;
    });
    this.every(60, advice, () => get('/rules/advice', target, this.signal), ({ advice: all }) => {
      replace(advice.body, all.length === 0 ? h('p', {}, 'No gateway has advice.') : all.map(proposal));
    });
  }

  #file({ target, file, loaded_at: loaded, last_good_kept: kept, problems = [], text }) {
    const outcome = h('div', { role: 'status' });
    const reload = async () => {
      const reason = await confirmChange(`Read the rules file of ${target} again?`, [], 'Read it again');
      if (reason === null) return;
      try {
        const answer = await send('POST', '/rules/reload', { parameters: { target, reason } });
        const wrong = [
          ...answer.reloads.flatMap(({ problems: found }) => found),
          ...answer.targets.flatMap(({ error }) => error ?? []),
        ];
        replace(outcome, wrong.length > 0 ? h('p.trouble', {}, wrong.join('\n')) : h('p.good', {}, 'Read again; it is in force.'));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        replace(outcome, h('p.trouble', {}, `Not read again. ${error.message}.`));
      }
    };
    return h(
      'div.file',
      {},
      pairs([
        ['Gateway', target],
        ['File', file ? h('span.mono', {}, file) : none('no file')],
        ['Read', loaded ? h('time', { datetime: loaded }, time(loaded)) : none('never: there is no file')],
        ['State', kept || problems.length > 0 ? state('bad', 'rejected; the rules from before stay') : state('ok', loaded ? 'in force' : 'default rules only')],
      ]),
      problems.length > 0 && h('pre.trouble', {}, problems.join('\n')),
      h('div.buttons', {}, h('button', { type: 'button', on: { click: reload } }, 'Read the file again')),
      outcome,
      text && h('details', {}, h('summary', {}, 'The text in force'), h('pre.sample', { tabindex: 0 }, text)),
    );
  }

  #validator() {
    const place = panel('Check a file before it is used', { note: 'Nothing is changed by this.' });
    place.element.removeAttribute('aria-busy');
    const yaml = h('textarea', { rows: 8, spellcheck: 'false', placeholder: 'rules:\n  - name: users\n    pattern: /api/v1/users/*\n    ttl: 5m', required: true });
    const outcome = h('div', { role: 'status' });
    const form = h('form.form', {}, h('label', {}, 'Rules, as YAML', yaml), h('div.buttons', {}, h('button', {}, 'Check')), outcome);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      try {
        const { valid, problems = [] } = await send('POST', '/rules/validate', { parameters: { target: this.target }, body: { yaml: yaml.value } });
        replace(outcome, valid ? h('p.good', {}, 'It is valid.') : h('pre.trouble', {}, problems.join('\n')));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        replace(outcome, h('p.trouble', {}, `It could not be checked. ${error.message}.`));
      }
    });
    replace(place.body, form);
    return place.element;
  }
}

function ruleTable() {
  return Table.of({
    caption: 'Cache rules',
    file: 'cache-rules',
    key: (row) => `${row.targets} ${row.order} ${row.name}`,
    search: 'Search rules',
    empty: 'There are no rules.',
    columns: [
      numbers('order', 'Rule', String, {
        numeric: false,
        signature: (row) => [row.order, row.name],
        show: (row) => [`${row.order}. `, h('strong', {}, row.name)],
      }),
      texts('name', 'Name', { exported: true }),
      texts('pattern', 'Pattern', { wide: true, show: (row) => h('span.mono', {}, row.pattern) }),
      texts('methods', 'Methods', { value: (row) => (row.methods ?? []).join(' ') }),
      texts('mode', 'Mode'),
      numbers('ttl_seconds', 'Fresh for', seconds, { reason: 'the default lifetime, or none' }),
      texts('priority', 'Priority'),
      texts('tags', 'Tags', { value: (row) => (row.tags ?? []).join(' '), show: (row) => row.tags.map((tag) => h('span.tag', {}, tag)) }),
      texts('yaml', 'In full', {
        wide: true,
        show: (row) => h('details', {}, h('summary', {}, 'YAML', h('span.unseen', {}, ` of ${row.name}`)), h('pre.sample', { tabindex: 0 }, row.yaml)),
      }),
      texts('targets', 'Gateways', { common: true }),
    ],
  });
}

/** A rule that is the same in several gateways is one row. */
function merged(rules) {
  const rows = new Map();
  for (const { target, ...rule } of rules) {
    const key = JSON.stringify(rule);
    if (rows.has(key)) rows.get(key).targets += `, ${target}`;
    else rows.set(key, { ...rule, targets: target });
  }
  return [...rows.values()].sort((first, second) => first.order - second.order);
}

/** Which rule takes a request, and under which key. */
function tester(page) {
  const place = panel('Which rule takes this URL?');
  place.element.removeAttribute('aria-busy');
  const method = h('select', { 'aria-label': 'Method' }, METHODS.map((name) => h('option', {}, name)));
  const url = h('input', {
    type: 'search',
    'aria-label': 'URL or path',
    placeholder: '/api/v1/users?page=2',
    required: true,
    spellcheck: 'false',
    autocomplete: 'off',
    data: { search: '' },
  });
  const outcome = h('div.panel-body', { role: 'status' });
  const form = h('form.buttons', { role: 'search' }, method, h('span.search.long', {}, url, h('kbd', { 'aria-hidden': 'true' }, '/')), h('button.primary', {}, 'Ask'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const { tests } = await get('/rules/test', { method: method.value, url: url.value.trim(), target: page.target }, page.signal);
      replace(outcome, tests.map(answer));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      replace(outcome, h('p.trouble', {}, `${error.message}.`));
    }
  });
  replace(place.body, form, outcome);
  return place.element;
}

function answer(test) {
  const passedOver = test.passed_over ?? [];
  return h(
    'div.answer',
    {},
    h('p', {}, h('strong', {}, test.rule ? `Rule ${test.rule}` : 'No rule'), `: ${test.decision}${test.reason ? `, ${test.reason}` : ''}.`),
    pairs([
      ['Key', test.key ? h('span.mono', {}, test.key) : none('it has none: the cache takes no part')],
      ['Fresh for', value(test.ttl_seconds, seconds, 'as the response itself says')],
      ['Endpoint', test.endpoint ? h('span.mono', {}, test.endpoint) : none('not known')],
      ['Gateway', test.target],
    ]),
    passedOver.length > 0 &&
      h('details', {}, h('summary', {}, `${plural(passedOver.length, 'rule')} before it ${passedOver.length === 1 ? 'does' : 'do'} not fit`), h('ul', {}, passedOver.map((line) => h('li', {}, line)))),
  );
}

/** The advisor's text beside the one in force. */
function proposal({ target, yaml, current }) {
  const lines = diff(current ?? '', yaml ?? '');
  const added = lines.filter(({ kind }) => kind === 'added').length;
  const removed = lines.filter(({ kind }) => kind === 'removed').length;
  return h(
    'div.proposal',
    {},
    h('p', {}, h('strong', {}, target), `: ${plural(added, 'line')} more, ${plural(removed, 'line')} less than the file in force.`),
    h('div.diff', { role: 'region', tabindex: 0, 'aria-label': `Difference for ${target}` }, abridged(lines).map(diffLine)),
    h('details', {}, h('summary', {}, 'The proposal in full'), h('pre.sample', { tabindex: 0 }, yaml ?? '')),
  );
}

const MARKS = { added: ['+', 'added: '], removed: ['−', 'removed: '], same: [' ', ''] };

function diffLine(line) {
  if (line.kind === 'skipped') return h('div.skipped', {}, h('span', {}, '⋯'), h('span', {}, plural(line.count, 'line')));
  const [mark, name] = MARKS[line.kind];
  return h(`div.${line.kind}`, {}, h('span', { 'aria-hidden': 'true' }, mark), h('span', {}, name && h('span.unseen', {}, name), line.text));
}

customElements.define('page-rules', Rules);
