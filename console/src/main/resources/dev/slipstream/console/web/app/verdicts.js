// What pages say in their first sentence. Pure: figures go in, words come out.

import { bytes, known, millis, plural, share, time, words } from './format.js';

const MOST_ERRORS = 0.01;

/** Gateways that do not answer, and since when. */
export function away(targets) {
  return targets.filter((target) => target.status !== 'up');
}

export function sinceWords(target) {
  const since = target.since ? ` since ${time(target.since)}` : '';
  return `${target.name} ${STATUS_WORDS[target.status] ?? words(target.status)}${since}`;
}

const STATUS_WORDS = {
  connecting: 'is being connected',
  gone: 'has gone',
  hanging: 'hangs',
  no_agent: 'has no agent',
  denied: 'denies access',
  failed: 'cannot be read',
  rejected: 'rejects the console',
};

/** Overview: is it healthy, and what does the cache bring. */
export function overview({ point, targets, active }) {
  const gone = away(targets);
  if (targets.length === 0) {
    return {
      tone: 'idle',
      word: 'No gateway.',
      sentence: 'The console has found no gateway with the agent yet.',
      details: ['Start one with -javaagent:slipstream-agent.jar, or attach the agent to one that runs.'],
    };
  }
  if (gone.length === targets.length) {
    return {
      tone: 'bad',
      word: 'Down.',
      sentence: targets.length === 1 ? `The gateway ${sinceWords(gone[0])}.` : 'No gateway answers.',
      details: gone.map((target) => `${sinceWords(target)}.`).slice(targets.length === 1 ? 1 : 0),
    };
  }
  const trouble = [
    ...gone.map((target) => `${sinceWords(target)}.`),
    ...targets.flatMap(complaints),
  ];
  const gain = gainWords(point);
  if (active.some(({ name }) => name.startsWith('emergency'))) {
    return { tone: 'bad', word: 'Emergency.', sentence: `The optimizer refuses what can wait; ${gain}`, details: trouble };
  }
  if (known(point?.error_rate) && point.error_rate > MOST_ERRORS) {
    return { tone: 'bad', word: 'Failing.', sentence: `${share(point.error_rate)} of requests fail; ${gain}`, details: trouble };
  }
  if (trouble.length > 0) {
    return { tone: 'warn', word: 'Degraded.', sentence: capital(gain), details: trouble };
  }
  if (!known(point?.hit_rate)) {
    const word = point?.requests_per_second > 0 ? 'Uncached.' : 'Idle.';
    return { tone: 'idle', word, sentence: capital(gain), details: [] };
  }
  const acting = active.length > 0 ? [`The optimizer acts: ${active.map(({ name }) => words(name)).join(', ')}.`] : [];
  return { tone: 'ok', word: 'Healthy.', sentence: capital(gain), details: acting };
}

function complaints(target) {
  if (target.status !== 'up') return [];
  if (target.enabled === false) return [`The agent in ${target.name} is turned off: requests pass through.`];
  if (target.health === 'degraded' || target.health === 'off') {
    const why = target.health_reasons ?? [];
    return [`${target.name} is ${target.health}${why.length > 0 ? `: ${why.join('; ')}` : ''}.`];
  }
  return [];
}

function gainWords(point) {
  if (!known(point?.hit_rate)) {
    if (!known(point?.requests_per_second)) return 'nothing was measured yet.';
    return point.requests_per_second > 0
      ? 'none of the latest requests could be cached.'
      : 'there were no requests lately, so there is nothing to tell of the cache.';
  }
  const answers = `the cache answers ${share(point.hit_rate)} of cacheable requests`;
  const saved = point.saved_ms_per_second;
  return known(saved) && saved > 0 ? `${answers} and saves ${millis(saved)} of backend time each second.` : `${answers}.`;
}

/** Cache: how the tiers do. */
export function cache({ details, point }) {
  const l1 = details?.l1;
  const l2 = details?.l2;
  if (!l1) return { tone: 'idle', word: 'Unknown.', sentence: 'No gateway has told of its cache yet.' };
  const memory = l1.max_memory_bytes > 0 ? l1.memory_usage_bytes / l1.max_memory_bytes : null;
  const first = known(point?.l1_hit_rate ?? l1.hit_rate)
    ? `L1 answers ${share(point?.l1_hit_rate ?? l1.hit_rate)} of its look-ups from ${bytes(l1.memory_usage_bytes)}`
    : `L1 holds ${bytes(l1.memory_usage_bytes)} and was not asked yet`;
  const room = memory === null ? '' : ` (${share(memory)} of its room)`;
  if (!l2) return { tone: 'ok', word: 'L1 only.', sentence: `${first}${room}; no Redis is configured.` };
  if (l2.unavailable_reason || l2.connected === false) {
    const why = l2.unavailable_reason ? `: ${l2.unavailable_reason}` : '';
    return { tone: 'bad', word: 'Redis is away.', sentence: `${first}${room}; L2 is not used${why}.` };
  }
  const rate = point?.l2_hit_rate ?? l2.hit_rate;
  const time = known(l2.latency_p95_ms) ? `, within ${millis(l2.latency_p95_ms)} (p95)` : '';
  const second = known(rate) ? `Redis finds ${share(rate)} of the rest${time}` : 'Redis was not asked lately';
  return { tone: 'ok', word: 'Both tiers work.', sentence: `${first}${room}; ${second}.` };
}

/** Endpoints: how many, and which is the worst off. */
export function endpoints(all) {
  const busy = all.filter((one) => known(one.p95_ms));
  if (all.length === 0) return { tone: 'idle', word: 'No endpoints.', sentence: 'There were no requests yet.' };
  const failing = all.filter((one) => known(one.error_rate) && one.error_rate > MOST_ERRORS);
  if (failing.length > 0) {
    const worst = failing.reduce((a, b) => (b.error_rate > a.error_rate ? b : a));
    return {
      tone: 'bad',
      word: `${plural(failing.length, 'endpoint')} ${failing.length === 1 ? 'fails' : 'fail'}.`,
      sentence: `${worst.endpoint} fails for ${share(worst.error_rate)} of requests.`,
    };
  }
  if (busy.length === 0) {
    return { tone: 'idle', word: plural(all.length, 'endpoint') + '.', sentence: 'None had requests in the last minute.' };
  }
  const slowest = busy.reduce((a, b) => (b.p95_ms > a.p95_ms ? b : a));
  return {
    tone: 'ok',
    word: plural(all.length, 'endpoint') + '.',
    sentence: `None fails; the slowest is ${slowest.endpoint}: 95 % of its requests take ${millis(slowest.p95_ms)} or less.`,
  };
}

/** Optimizer: what it does now. */
export function optimizer({ rules, mode, level, recommendations }) {
  const active = rules.filter((rule) => rule.active > 0);
  const advice = recommendations.length > 0 ? ` It has ${plural(recommendations.length, 'recommendation')} for you.` : '';
  const lately = rules.reduce((sum, rule) => sum + (rule.entered_last_hour ?? 0), 0);
  if (mode === 'off') return { tone: 'idle', word: 'Off.', sentence: `The optimizer does not look.${advice}` };
  const watching = mode === 'observe' ? 'It only observes. ' : '';
  if (active.length === 0) {
    return {
      tone: 'ok',
      word: 'Calm.',
      sentence: `${watching}No rule acts at level ${words(level)}; ${lately === 0 ? 'none did' : `they entered ${plural(lately, 'time')}`} in the last hour.${advice}`,
    };
  }
  const emergency = active.some(({ name }) => name.startsWith('emergency'));
  const names = [...new Set(active.map(({ name }) => words(name)))].join(', ');
  return {
    tone: emergency ? 'bad' : 'warn',
    word: emergency ? 'Emergency.' : mode === 'observe' ? 'Would act.' : 'Acting.',
    sentence: `${watching}${capital(names)} at level ${words(level)}; rules entered ${plural(lately, 'time')} in the last hour.${advice}`,
  };
}

/** Rules: whether what is in force is what the file says. */
export function rules({ rules: all, files }) {
  const broken = files.filter((file) => file.problems?.length > 0 || file.last_good_kept);
  const names = new Set(all.map((rule) => rule.name)).size;
  if (broken.length > 0) {
    return {
      tone: 'bad',
      word: 'A broken edit.',
      sentence: `The rules file of ${broken.map((file) => file.target).join(', ')} was rejected; the rules from before stay in force.`,
    };
  }
  if (names === 0) return { tone: 'idle', word: 'No rules.', sentence: 'Responses are cached as they say themselves (RFC 9111).' };
  return { tone: 'ok', word: `${plural(names, 'rule')} in force.`, sentence: 'The first one that fits a request counts; what none fits is cached as the response itself says (RFC 9111).' };
}

/** Audit: who changed something last. */
export function audit(entries) {
  const changes = entries.filter(({ result }) => result === 'done' || result === 'partial');
  const refused = entries.filter(({ result }) => result === 'refused').length;
  const [last] = changes;
  const rest = refused > 0 ? ` ${plural(refused, 'attempt')} ${refused === 1 ? 'was' : 'were'} refused.` : '';
  if (!last) return { tone: 'idle', word: 'No changes.', sentence: `Nobody has changed anything through this console yet.${rest}` };
  return { tone: 'ok', word: `${plural(changes.length, 'change')}.`, sentence: `The last one was made by ${last.who} at ${time(last.at)}.${rest}` };
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
