// Elements. What is shown comes from strangers (keys, paths, rules): it becomes text, never markup.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element.
 *
 * @param name such as 'button', or 'button.quiet' with classes
 * @param properties attributes by name; on: listeners by event; data: data attributes. What is
 *     false, null or undefined is left out
 * @param children nodes, texts, lists of them; what is false, null or undefined is left out
 */
export function h(name, properties = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === 'on') {
      Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
    } else if (key === 'data') {
      Object.assign(element.dataset, value);
    } else {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  fill(element, ...children);
  return element;
}

/** Puts children at an element's end. */
export function fill(element, ...children) {
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** Puts children in the place of what an element has. */
export function replace(element, ...children) {
  element.replaceChildren();
  return fill(element, ...children);
}

/** Sets an element's text if it is another one. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A small drawing of lines in a square of 24. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of ICONS[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

const ICONS = {
  overview: ['M3 13h4l3-8 4 14 3-6h4'],
  cache: ['M4 7c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3z', 'M4 7v10c0 1.7 3.6 3 8 3s8-1.3 8-3V7', 'M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3'],
  endpoints: ['M4 6h10', 'M4 12h16', 'M4 18h7', 'M18 6h2', 'M15 18h5'],
  optimizer: ['M4 19a9 9 0 1 1 16 0', 'M12 16l4-6'],
  rules: ['M5 4h14v16H5z', 'M8.5 9h7', 'M8.5 13h7', 'M8.5 17h4'],
  audit: ['M12 3l7 3v6c0 4-3 7-7 9-4-2-7-5-7-9V6z', 'M9 12l2 2 4-4'],
  ok: ['M4.5 12.5l5 5 10-11'],
  warn: ['M12 4L2.5 20h19z', 'M12 10v5', 'M12 17.5v.5'],
  bad: ['M6 6l12 12', 'M18 6L6 18'],
  idle: ['M5 12h14'],
};

/** What is not known: a dash, and why. */
export function none(reason) {
  return h('span.none', { title: reason }, h('span', { 'aria-hidden': 'true' }, '–'), h('span.unseen', {}, reason));
}

/** A number with its exact value, as text in a format; a dash where there is none. */
export function value(number, format, reason = 'not known') {
  return typeof number === 'number' && Number.isFinite(number)
    ? h('data', { value: String(number) }, format(number))
    : none(reason);
}

/** A word with a mark in front of it: never colour alone. */
export function state(tone, text, title) {
  return h(`span.state.${tone}`, { title }, icon(tone), h('span', {}, text));
}
