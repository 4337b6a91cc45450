// What all pages have in common: they come and go, and what they began ends with them.

import { ApiError } from './api.js';
import { h, replace } from './dom.js';

/** A page. It gets the application before it is shown; begin() makes it. */
export class Page extends HTMLElement {
  app = null;
  parameters = new URLSearchParams();
  #ending = new AbortController();

  connectedCallback() {
    this.#ending = new AbortController();
    this.begin();
  }

  disconnectedCallback() {
    this.#ending.abort();
  }

  /** For requests that nobody waits for once the page is gone. */
  get signal() {
    return this.#ending.signal;
  }

  get target() {
    return this.parameters.get('target') ?? '';
  }

  /** Has something called at each event of the stream. */
  live(event, listener) {
    this.app.live.addEventListener(event, (e) => listener(e.detail), { signal: this.signal });
  }

  /**
   * Reads something now and every so many seconds, while the tab is looked at, and hands it on. A
   * panel says when that fails, and keeps what it had.
   */
  every(seconds, panel, read, show) {
    let running = false;
    const once = async () => {
      if (running) return;
      running = true;
      try {
        await load(panel, this.signal, read, show);
      } finally {
        running = false;
      }
    };
    once();
    const timer = setInterval(() => document.hidden || once(), seconds * 1000);
    this.signal.addEventListener('abort', () => clearInterval(timer));
    this.live('state', () => this.app.live.state.kind === 'live' && once());
    return once;
  }
}

/** Reads once and hands it on; the panel says if that fails. */
export async function load(panel, signal, read, show) {
  try {
    const answer = await read();
    if (signal.aborted) return;
    panel.problem(null);
    show(answer);
  } catch (error) {
    if (signal.aborted || error.name === 'AbortError') return;
    if (!(error instanceof ApiError)) throw error;
    panel.problem(error.message);
  } finally {
    panel.element.removeAttribute('aria-busy');
  }
}

let panels = 0;

/**
 * A part of a page under a heading. Until it was filled first it is busy.
 *
 * @returns {{element, body, problem(text)}}
 */
export function panel(title, { note } = {}) {
  const id = `panel-${++panels}`;
  const body = h('div.panel-body');
  const trouble = h('p.trouble', { hidden: true });
  const element = h(
    'section.panel',
    { 'aria-labelledby': id, 'aria-busy': 'true' },
    h('h2.panel-head', { id }, title),
    note && h('p.note', {}, note),
    trouble,
    body,
  );
  const problem = (text) => {
    trouble.hidden = text === null;
    replace(trouble, text === null ? null : `This could not be read. ${text}.`);
  };
  return { element, body, problem };
}

/** The sentence that a page begins with. */
export function headline() {
  const word = h('span.headline-word', { role: 'status' });
  const text = h('span.headline-text');
  const more = h('p.headline-more');
  const element = h('div.headline', {}, h('p.headline-line', {}, word, ' ', text), more);
  const show = ({ tone, word: name, sentence, details = [] }) => {
    element.dataset.tone = tone;
    if (word.textContent !== name) word.textContent = name;
    if (text.textContent !== sentence) text.textContent = sentence;
    const joined = details.join(' ');
    if (more.textContent !== joined) more.textContent = joined;
  };
  return { element, show };
}

/** A figure: what it is, its value, and a remark. Shown anew it stays where it is. */
export function figure(label) {
  const number = h('dd.figure-value');
  const remark = h('dd.figure-note');
  const element = h('div.figure', {}, h('dt', {}, label), number, remark);
  const show = (content, note = '') => {
    replace(number, content);
    replace(remark, note);
  };
  show(h('span.none', {}, '–'));
  return { element, show };
}

/** Figures in a row. */
export function figures(...all) {
  return h('dl.figures', {}, all.map((one) => one.element));
}

/** Names and what belongs to them, below each other. */
export function pairs(all) {
  return h('dl.pairs', {}, all.map(([name, content]) => [h('dt', {}, name), h('dd', {}, content)]));
}
