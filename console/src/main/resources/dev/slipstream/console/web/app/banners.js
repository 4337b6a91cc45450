// What is away: the console itself, or gateways; and since when.

import { h, icon, replace, setText } from './dom.js';
import { away, sinceWords } from './verdicts.js';
import { duration, time } from './format.js';

/** Keeps the banners under the page's title, and the word beside it, up to date. */
export class Banners {
  #app;
  #place;
  #connection;
  #said = '';
  #ago = null;

  constructor(app, place, connection) {
    this.#app = app;
    this.#place = place;
    this.#connection = connection;
    app.live.addEventListener('state', () => this.#render());
    app.live.addEventListener('sample', () => this.#render());
    setInterval(() => this.#count(), 1000);
    this.#render();
  }

  #render() {
    const { state } = this.#app.live;
    const gone = state.kind === 'live' ? away(this.#app.targets ?? []) : [];
    const said = JSON.stringify([state.kind, state.since, state.why, gone.map((one) => [one.name, one.status, one.since, one.error])]);
    if (said === this.#said) return;
    this.#said = said;
    const tone = { live: 'ok', away: 'bad', unknown: 'warn', connecting: 'idle' }[state.kind];
    const word = { live: 'Live', away: 'Away', unknown: 'No such gateway', connecting: 'Connecting' }[state.kind];
    replace(this.#connection, h(`span.state.${tone}`, {}, icon(tone), h('span', {}, word)));
    this.#connection.dataset.state = state.kind;
    this.#ago = null;
    replace(
      this.#place,
      state.kind === 'away' && this.#console(state),
      state.kind === 'unknown' && this.#unknown(),
      gone.map(gateway),
    );
    this.#count();
  }

  #console(state) {
    this.#ago = h('span', { 'aria-hidden': 'true' });
    return h(
      'div.banner.bad',
      {},
      icon('bad'),
      h(
        'p',
        {},
        h('strong', {}, `The console has been away since ${time(state.since)}`),
        `: ${state.why}. What you see is from then. `,
        this.#ago,
      ),
      h('button.quiet', { type: 'button', on: { click: () => this.#app.live.retry() } }, 'Try now'),
    );
  }

  /** Gateways of this machine are named by their process: a link is older than the last start. */
  #unknown() {
    const { target } = this.#app.live;
    this.#ago = h('span', { 'aria-hidden': 'true' });
    return h(
      'div.banner.warn',
      {},
      icon('warn'),
      h('p', {}, h('strong', {}, `There is no gateway ${target}`), ': it may have been started anew under another name. ', this.#ago),
      h('button.quiet', { type: 'button', on: { click: () => this.#app.turnTo('') } }, 'All gateways'),
    );
  }

  #count() {
    const { state } = this.#app.live;
    if (this.#ago && state.retryAt) {
      const wait = Math.max(0, state.retryAt - Date.now());
      setText(this.#ago, wait > 0 ? `It is tried again in ${duration(wait)}.` : 'It is tried again.');
    }
  }
}

function gateway(target) {
  const tone = target.status === 'connecting' ? 'warn' : 'bad';
  return h(
    `div.banner.${tone}`,
    { data: { target: target.name } },
    icon(tone),
    h('p', {}, h('strong', {}, `${sinceWords(target)}.`), target.error ? ` ${target.error}.` : '', ' What is shown of it is from before.'),
  );
}
