// Dialogs: they are asked, and answer.

import { keepToken } from './api.js';
import { h } from './dom.js';

/** Shows a dialog until it is closed. Answers what its form was submitted with; '' if with nothing. */
function ask(title, content, buttons, { tone } = {}) {
  const form = h('form', { method: 'dialog' }, h('h2', { id: 'dialog-title' }, title), content, h('div.buttons', {}, buttons));
  const dialog = h(`dialog${tone ? `.${tone}` : ''}`, { 'aria-labelledby': 'dialog-title' }, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue);
    }),
  );
}

/** No submit button: Enter in a field is not to mean this one. */
function cancel() {
  return h(
    'button',
    { type: 'button', on: { click: (event) => event.target.closest('dialog').close('') } },
    'Cancel',
  );
}

/**
 * Asks for a token, which is kept until the tab is closed.
 *
 * @param refused whether one was sent and refused
 * @returns whether one was given
 */
export async function askToken(refused) {
  const input = h('input', { id: 'token', type: 'password', required: true, autocomplete: 'off', spellcheck: 'false', autofocus: true });
  const answer = await ask(
    'This needs a token',
    [
      refused && h('p.trouble', {}, 'The console does not accept the token it was given.'),
      h('p', {}, 'The console printed its token when it was first started. It is kept in this tab only.'),
      h('label', { for: 'token' }, 'Token'),
      input,
    ],
    [cancel(), h('button.primary', { value: 'use' }, 'Use this token')],
  );
  if (answer !== 'use' || input.value.trim() === '') return false;
  keepToken(input.value.trim());
  return true;
}

/**
 * Asks whether to go on, and why.
 *
 * @param grave whether what is done cannot be undone
 * @returns {Promise<string|null>} the reason, which may be empty; null for no
 */
export async function confirmChange(title, content, doIt, { grave = false } = {}) {
  const reason = h('input', { id: 'reason', maxlength: 200, autocomplete: 'off', placeholder: 'release 7, wrong prices …' });
  const answer = await ask(
    title,
    [content, h('label', { for: 'reason' }, 'Reason, for the audit log'), reason],
    [cancel(), h(grave ? 'button.danger' : 'button.primary', { value: 'do' }, doIt)],
    grave ? { tone: 'grave' } : {},
  );
  return answer === 'do' ? reason.value.trim() : null;
}

/** Shows something until it is closed. */
export function show(title, content) {
  return ask(title, content, [h('button.primary', { value: '' }, 'Close')], { tone: 'large' });
}
