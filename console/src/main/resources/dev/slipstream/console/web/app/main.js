// The dashboard: its frame, and which page is in it.

import { forgetToken, get, onTokenNeeded, session, token } from './api.js';
import { askToken } from './dialogs.js';
import { fill, h, icon, replace } from './dom.js';
import { known } from './format.js';
import { Live } from './live.js';
import { PAGES, address, parse } from './route.js';
import { Series } from './series.js';
import { Banners } from './banners.js';
import { Cache } from './pages/cache.js';
import { Endpoints } from './pages/endpoints.js';
import { Optimizer } from './pages/optimizer.js';
import { Overview } from './pages/overview.js';
import { Rules } from './pages/rules.js';
import { Audit } from './pages/audit.js';

const KINDS = { overview: Overview, cache: Cache, endpoints: Endpoints, optimizer: Optimizer, rules: Rules, audit: Audit };
const RANGES = [[900, '15 min'], [3600, '1 h'], [7200, '2 h']];
const HISTORY_S = 7200;

const main = document.getElementById('main');
const place = document.getElementById('page');
const live = new Live();

/** What pages share. */
const app = {
  live,
  series: new Series(),
  /** The gateways as the stream last told of them; null before it did. */
  targets: null,
  status: null,
  seconds: Number(sessionStorage.getItem('slipstream.seconds')) || 900,
  session: { role: 'none', name: '', reading_open: true },
  go: (page, parameters) => (location.hash = address(page, parameters)),
  /** Shows the same page of another gateway, or of all. */
  turnTo: (target) => {
    const { page, parameters } = parse(location.hash);
    app.go(page, { ...Object.fromEntries(parameters), target });
  },
  announce: (text) => (document.getElementById('announcements').textContent = text),
};

let shown = null;

function show() {
  const { page, parameters } = parse(location.hash);
  const target = parameters.get('target') ?? '';
  const same = shown?.page === page;
  if (shown === null || shown.target !== target) follow(target);
  shown = { page, target };
  for (const link of document.querySelectorAll('#pages a')) {
    const current = link.dataset.page === page;
    if (current) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
    link.href = address(link.dataset.page, { target });
  }
  const name = page.charAt(0).toUpperCase() + page.slice(1);
  document.title = `${name} · Slipstream`;
  document.getElementById('title').textContent = name;
  const element = new KINDS[page]();
  element.app = app;
  element.parameters = parameters;
  place.replaceChildren(element);
  place.dataset.page = page;
  if (!same) window.scrollTo(0, 0);
  targetChoice.value = target;
}

/** Turns to another gateway, or all. */
function follow(target) {
  app.series.clear();
  app.status = null;
  live.start(target);
  history(target);
}

async function history(target) {
  try {
    const { points } = await get('/history', { seconds: HISTORY_S, target });
    if (target !== shown.target) return;
    app.series.add(points);
    live.dispatchEvent(new CustomEvent('points'));
  } catch {
    // the banner says that the console is away, and it is read again when it is back
  }
}

live.addEventListener('sample', ({ detail }) => {
  app.targets = detail.targets;
  app.status = detail.status?.performance_status ?? detail.status;
  // the first sample of a stream has no rates: there is none before it
  if (known(detail.point?.requests_per_second)) app.series.add([detail.point]);
  listTargets(detail.targets);
  live.dispatchEvent(new CustomEvent('points'));
});

live.addEventListener('state', () => live.state.kind === 'live' && history(shown.target));

const targetChoice = h('select', { id: 'target', 'aria-label': 'Gateway' }, h('option', { value: '' }, 'All gateways'));
targetChoice.addEventListener('change', () => app.turnTo(targetChoice.value));

function listTargets(targets) {
  const wanted = targetChoice.dataset.names;
  const names = JSON.stringify([targets.map(({ name }) => name), shown.target]);
  if (wanted === names) return;
  targetChoice.dataset.names = names;
  const all = [...new Set([...targets.map(({ name }) => name), ...(shown.target ? [shown.target] : [])])];
  replace(
    targetChoice,
    h('option', { value: '' }, `All gateways (${all.length})`),
    all.map((name) => h('option', { value: name }, name)),
  );
  targetChoice.value = shown.target;
}

function rangeChoice() {
  const choose = (seconds) => {
    app.seconds = seconds;
    sessionStorage.setItem('slipstream.seconds', String(seconds));
    live.dispatchEvent(new CustomEvent('points'));
  };
  return h(
    'fieldset.segments',
    { id: 'range' },
    h('legend.unseen', {}, 'Time that charts show'),
    RANGES.map(([seconds, label]) =>
      h(
        'label',
        {},
        h('input', {
          type: 'radio',
          name: 'range',
          value: seconds,
          checked: app.seconds === seconds,
          on: { change: () => choose(seconds) },
        }),
        h('span', {}, label),
      ),
    ),
  );
}

function themeChoice() {
  const select = h(
    'select',
    { 'aria-label': 'Colours' },
    [['', 'As the system'], ['light', 'Light'], ['dark', 'Dark']].map(([value, label]) => h('option', { value }, label)),
  );
  select.value = document.documentElement.dataset.theme ?? '';
  select.addEventListener('change', () => {
    if (select.value) document.documentElement.dataset.theme = select.value;
    else delete document.documentElement.dataset.theme;
    try {
      localStorage.setItem('slipstream.theme', select.value);
    } catch {
      // storage is turned off: the choice lasts until the page is loaded again
    }
    document.dispatchEvent(new Event('slip-theme'));
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => document.dispatchEvent(new Event('slip-theme')));
  return select;
}

const ROLES = {
  none: 'You may read.',
  nothing: 'Sign in to read.',
  viewer: 'You may read.',
  operator: 'You may read and change.',
};

const account = document.getElementById('account');
const themes = themeChoice();

async function readSession() {
  try {
    app.session = await session();
  } catch {
    // without it the API still says what is refused
  }
  const { role, name, reading_open: open } = app.session;
  const signOut = async () => {
    forgetToken();
    await readSession();
    live.retry();
  };
  replace(
    account,
    themes,
    h('p.account-role', { data: { role } }, h('strong', {}, role === 'none' ? 'Not signed in' : (name || role)), ' ', h('span', {}, ROLES[role === 'none' && !open ? 'nothing' : role] ?? '')),
    token()
      ? h('button.quiet', { type: 'button', on: { click: signOut } }, 'Forget the token')
      : h('button.quiet', { type: 'button', on: { click: () => signIn(false) } }, 'Sign in'),
  );
}

/** Asks until there is a token that the console knows, or nobody gives one. */
async function signIn(refusedOne) {
  let refused = refusedOne;
  while (await askToken(refused)) {
    await readSession();
    if (token() !== null) {
      live.retry();
      return true;
    }
    refused = true;
  }
  return false;
}

onTokenNeeded(signIn);

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, textarea, select, dialog, [contenteditable]');
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = place.querySelector('[data-search]');
  if (!search) return;
  event.preventDefault();
  search.focus();
});

document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault(); // the part of the address after # is the page
  main.focus();
});

fill(
  document.getElementById('pages'),
  PAGES.map((page) =>
    h('li', {}, h('a', { href: address(page), data: { page } }, icon(page), h('span', {}, page.charAt(0).toUpperCase() + page.slice(1)))),
  ),
);
fill(document.getElementById('controls'), h('span', { id: 'connection' }), rangeChoice(), targetChoice);
new Banners(app, document.getElementById('banners'), document.getElementById('connection'));
addEventListener('hashchange', show);
readSession();
show();
