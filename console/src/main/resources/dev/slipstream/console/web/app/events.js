// Server-sent events, read from a stream of text (HTML Living Standard, 9.2.6).

/** Takes text as it comes and hands on each event: its name and its data. */
export class EventParser {
  #rest = '';
  #name = '';
  #data = [];
  #emit;

  constructor(emit) {
    this.#emit = emit;
  }

  push(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    lines.forEach((line) => this.#line(line));
  }

  #line(line) {
    if (line === '') {
      if (this.#data.length > 0) this.#emit(this.#name || 'message', this.#data.join('\n'));
      this.#name = '';
      this.#data = [];
      return;
    }
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line);
    if (field === 'event') this.#name = value;
    if (field === 'data') this.#data.push(value);
  }
}
