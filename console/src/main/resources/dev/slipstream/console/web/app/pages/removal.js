// Removing from the cache: counted first, then confirmed.

import { ApiError, send } from '../api.js';
import { confirmChange } from '../dialogs.js';
import { h, replace } from '../dom.js';
import { count, plural } from '../format.js';
import { panel } from '../page.js';

/** The forms to invalidate and to flush. */
export function removalForms(page) {
  return h('div.columns.stretched', {}, invalidation(page), flush(page));
}

function invalidation(page) {
  const tags = h('input', { name: 'tags', autocomplete: 'off', spellcheck: 'false', placeholder: 'users, prices' });
  const patterns = h('textarea', { name: 'patterns', rows: 2, spellcheck: 'false', placeholder: 'GET:/api/v1/users/*' });
  const match = select('match', [['any', 'any of the tags'], ['all', 'all of the tags']]);
  const level = tiers();
  const soft = h('input', { type: 'checkbox', name: 'soft' });
  const form = removal(page, 'Invalidate by tag or pattern', 'Removes some entries; the next request for each asks the application again.', [
    label('Tags', tags, 'separated by commas'),
    label('Patterns of keys', patterns, 'one a line; * stands for any characters'),
    h('div.fields', {}, label('Entries that have', match), label('From', level)),
    h('label.check', {}, soft, 'Keep them as stale answers for when the application cannot answer'),
  ]);
  form.what = () => {
    const body = {
      tags: split(tags.value, /[,\s]+/),
      patterns: split(patterns.value, /\r?\n/),
      match: match.value,
      level: level.value,
      soft: soft.checked,
    };
    if (body.tags.length + body.patterns.length === 0) throw new ApiError('Name a tag or a pattern', 400);
    if (body.soft && body.level !== 'all') throw new ApiError('Stale answers are kept in both tiers or in none: choose both', 400);
    return body;
  };
  form.carryOut = (body, reason) => send('POST', '/cache/invalidate', { parameters: { target: page.target }, body: { ...body, reason } });
  form.removed = (answer) => answer.invalidated_entries;
  return form.element;
}

function flush(page) {
  const pattern = h('input', { name: 'pattern', autocomplete: 'off', spellcheck: 'false', placeholder: 'everything' });
  const level = tiers();
  const form = removal(page, 'Flush', 'Empties a tier, or both. Until it has filled again, more requests reach the application.', [
    label('Pattern of keys', pattern, 'nothing means all of them'),
    label('From', level),
  ]);
  form.what = () => ({ patterns: [pattern.value.trim() || '*'], level: level.value });
  form.carryOut = ({ patterns, level: tier }, reason) =>
    send('DELETE', '/cache/flush', {
      parameters: { target: page.target, level: tier, pattern: patterns[0] === '*' ? '' : patterns[0], reason },
    });
  form.removed = (answer) => answer.details.total_cleared;
  return form.element;
}

function removal(page, title, note, fields) {
  const place = panel(title, { note });
  place.element.removeAttribute('aria-busy');
  const outcome = h('div', { role: 'status' });
  const button = h('button.primary', {}, 'Count what this removes …');
  const form = h('form.form', {}, fields, h('div.buttons', {}, button), outcome);
  const parts = { element: place.element };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    replace(outcome);
    try {
      const body = parts.what();
      const counted = await send('POST', '/cache/invalidate', {
        parameters: { target: page.target },
        body: { ...body, dry_run: true, soft: false },
      });
      const done = await confirmed(page, parts, body, counted);
      if (done) replace(outcome, h('p.good', {}, done));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      replace(outcome, h('p.trouble', {}, `Nothing was removed. ${error.message}.`));
    } finally {
      button.disabled = false;
    }
  });
  replace(place.body, form);
  return parts;
}

async function confirmed(page, parts, body, counted) {
  const found = counted.invalidated_entries;
  if (found === 0 && counted.complete) return 'Nothing is stored that this would remove.';
  const entries = `${counted.complete ? '' : 'at least '}${plural(found, 'entry', 'entries')}`;
  const where = page.target ? `of ${page.target}` : `of all gateways (${(counted.targets ?? []).length})`;
  const reason = await confirmChange(
    `Remove ${entries}?`,
    [
      h('p', {}, `This removes ${entries} ${where}${tierWords(body.level)}. It cannot be undone.`),
      names('By tag', counted.details?.tags),
      names('By pattern', counted.details?.patterns),
      (counted.sample ?? []).length > 0 &&
        h('details', {}, h('summary', {}, 'Some of the keys'), h('pre.sample', { tabindex: 0 }, counted.sample.join('\n'))),
    ],
    `Remove ${entries}`,
    { grave: true },
  );
  if (reason === null) return null;
  const answer = await parts.carryOut(body, reason);
  const failed = (answer.targets ?? []).filter(({ status }) => status !== 'up');
  const rest = failed.length > 0 ? ` Not done by ${failed.map(({ name, error }) => `${name} (${error})`).join(', ')}.` : '';
  return `Removed ${plural(parts.removed(answer), 'entry', 'entries')}.${rest}`;
}

function tierWords(level) {
  return { l1: ' from L1', l2: ' from L2' }[level] ?? '';
}

function names(title, counts) {
  const all = Object.entries(counts ?? {});
  if (all.length === 0) return null;
  return h('p', {}, `${title}: `, all.map(([name, amount]) => h('span.tag', {}, `${name} ${count(amount)}`)));
}

function label(text, control, small) {
  return h('label', {}, text, small && h('small', {}, small), control);
}

function select(name, options) {
  return h('select', { name }, options.map(([value, text]) => h('option', { value }, text)));
}

function tiers() {
  return select('level', [['all', 'both tiers'], ['l1', 'L1'], ['l2', 'L2']]);
}

function split(text, separator) {
  return text.split(separator).map((part) => part.trim()).filter(Boolean);
}
