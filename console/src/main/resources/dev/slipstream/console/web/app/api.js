// The console's API: requests with the token, if there is one, and problems as errors.

const TOKEN = 'slipstream.token';
const PATIENCE_MS = 20_000;

/** A request that was refused or failed, in words for people. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export function token() {
  return sessionStorage.getItem(TOKEN);
}

export function forgetToken() {
  sessionStorage.removeItem(TOKEN);
}

/** Keeps a token until the tab is closed. */
export function keepToken(text) {
  sessionStorage.setItem(TOKEN, text);
}

export function authorization() {
  const kept = token();
  return kept ? { Authorization: `Bearer ${kept}` } : {};
}

let askForToken = () => Promise.resolve(false);

/** Sets what is called when a token is needed; it says whether there is one now. */
export function onTokenNeeded(ask) {
  askForToken = ask;
}

/** Reads. Parameters that are empty are left out. */
export function get(path, parameters = {}, signal) {
  return call('GET', path, { parameters, signal });
}

/** What the caller may do. A token that is not known is forgotten: with it nothing could be read. */
export async function session() {
  const read = () => call('GET', '/session', { asking: false });
  try {
    return await read();
  } catch (error) {
    if (error.status !== 401) throw error;
    return read();
  }
}

/** Changes something, or has a body judged. */
export function send(method, path, { parameters = {}, body } = {}) {
  return call(method, path, { parameters, body });
}

async function call(method, path, request, again = false) {
  const response = await fetched(method, path, request);
  if (response.ok) {
    return response.json().catch(() => {
      throw new ApiError('The answer was cut off', 0);
    });
  }
  const problem = await response.json().catch(() => ({}));
  if (response.status === 401) {
    const refusedOne = token() !== null;
    if (refusedOne) forgetToken();
    const mayAsk = request.asking !== false && !again && (method !== 'GET' || !declined);
    if (mayAsk && (await needToken(refusedOne))) return call(method, path, request, true);
  }
  const text = [problem.title ?? `HTTP ${response.status}`, problem.detail].filter(Boolean);
  throw new ApiError(text.join(': '), response.status);
}

async function fetched(method, path, { parameters = {}, body, signal }) {
  const given = Object.entries(parameters).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  const query = new URLSearchParams(given).toString();
  const headers = { Accept: 'application/json', ...authorization() };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(`api/v1${path}${query ? `?${query}` : ''}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])]),
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError('The console does not answer', 0);
  }
}

let asking = null;
let declined = false;

/** Asks once, however many requests wait for it. Who declines is not asked again by readings. */
function needToken(refusedOne) {
  asking ??= askForToken(refusedOne).finally(() => (asking = null));
  return asking.then((given) => {
    declined = !given;
    return given;
  });
}
