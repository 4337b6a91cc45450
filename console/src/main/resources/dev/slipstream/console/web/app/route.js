// What the part of the address after # says: a page and its parameters.

export const PAGES = ['overview', 'cache', 'endpoints', 'optimizer', 'rules', 'audit'];

/** Reads it; what is no page of ours is the first one. */
export function parse(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const page = PAGES.includes(path) ? path : PAGES[0];
  return { page, parameters: new URLSearchParams(query) };
}

/** Writes it, without parameters that are empty. */
export function address(page, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value);
  const query = new URLSearchParams(given).toString();
  return `#/${page}${query ? `?${query}` : ''}`;
}
