// What the console tells by itself: its stream of events, and whether it is there at all.

import { authorization } from './api.js';
import { EventParser } from './events.js';

/** The server says something every 10 s at least. */
const SILENCE_MS = 15_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/**
 * The stream of one gateway, or all. It is read by fetch, since an EventSource cannot send a token,
 * and opened again with growing waits for as long as it is started.
 *
 * Events: sample and activation with the data as detail; state after each change of it.
 */
export class Live extends EventTarget {
  /** connecting, live, away, or unknown where there is no such gateway; since when; why; when it is tried again. */
  state = { kind: 'connecting', since: new Date(), why: '', retryAt: null };
  #target = '';
  #attempt = null;
  #wait = FIRST_WAIT_MS;
  #timer = 0;

  start(target) {
    this.stop();
    this.#target = target;
    this.#wait = FIRST_WAIT_MS;
    this.#open();
  }

  /** The gateway it is of; '' for all. */
  get target() {
    return this.#target;
  }

  stop() {
    clearTimeout(this.#timer);
    this.#attempt?.abort();
  }

  /** Does not wait any longer. */
  retry() {
    this.start(this.#target);
  }

  async #open() {
    const attempt = new AbortController();
    this.#attempt = attempt;
    let watch = setTimeout(() => attempt.abort('silent'), SILENCE_MS);
    let why = 'the stream ended';
    let unknown = false;
    try {
      const query = this.#target ? `?${new URLSearchParams({ target: this.#target })}` : '';
      const response = await fetch(`api/v1/live${query}`, {
        headers: { Accept: 'text/event-stream', ...authorization() },
        cache: 'no-store',
        credentials: 'omit',
        signal: attempt.signal,
      });
      if (response.status === 404) unknown = true;
      if (!response.ok) throw new Error(await reasonOf(response));
      const parser = new EventParser((name, data) => this.#receive(attempt, name, data));
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        clearTimeout(watch);
        watch = setTimeout(() => attempt.abort('silent'), SILENCE_MS);
        this.#become({ kind: 'live', since: new Date(), why: '', retryAt: null });
        this.#wait = FIRST_WAIT_MS;
        parser.push(value);
      }
    } catch (error) {
      why = attempt.signal.reason === 'silent' ? 'it has gone silent' : wordsOf(error);
    }
    clearTimeout(watch);
    if (this.#attempt === attempt && (!attempt.signal.aborted || attempt.signal.reason === 'silent')) {
      this.#away(unknown ? 'unknown' : 'away', why);
    }
  }

  /** A gateway that is not known may come yet. */
  #away(kind, why) {
    const wait = this.#wait * (0.75 + Math.random() / 2);
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT_MS);
    this.#become({ kind, since: new Date(), why, retryAt: new Date(Date.now() + wait) });
    this.#timer = setTimeout(() => this.#open(), wait);
  }

  #receive(attempt, name, data) {
    if (this.#attempt !== attempt) return;
    try {
      this.dispatchEvent(new CustomEvent(name, { detail: JSON.parse(data) }));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }

  /** A kind that lasts keeps its beginning. */
  #become(next) {
    const same = next.kind === this.state.kind;
    this.state = same ? { ...next, since: this.state.since } : next;
    if (!same || next.retryAt) this.dispatchEvent(new Event('state'));
  }
}

async function reasonOf(response) {
  const problem = await response.json().catch(() => ({}));
  return problem.title ?? `it answered ${response.status}`;
}

function wordsOf(error) {
  return error instanceof TypeError ? 'it cannot be reached' : error.message;
}
