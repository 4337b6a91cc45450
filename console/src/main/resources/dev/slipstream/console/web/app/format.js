// Numbers for people: each with its unit. What is unknown is null, and no text at all: see none().

const NARROW = '\u202f';
const plain = new Map();

function fixed(value, digits) {
  if (!plain.has(digits)) {
    plain.set(
      digits,
      new Intl.NumberFormat('en', {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        signDisplay: 'negative', // no minus before 0
      }),
    );
  }
  return plain.get(digits).format(value);
}

/** Whether there is a number. */
export function known(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Three significant digits at most, without a unit: 0.042, 4.2, 42, 4,200. */
export function number(value) {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 100) return fixed(Math.round(value), 0);
  if (size >= 10) return fixed(value, 1);
  if (size >= 0.1) return fixed(value, 2);
  return size < 0.001 ? (value > 0 ? '< 0.001' : '0') : fixed(value, 3);
}

/** A count: exact below 100,000, then in thousands, millions and so on. */
export function count(value) {
  const size = Math.abs(value);
  if (size < 100_000) return number(size < 10 ? value : Math.round(value));
  const steps = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k']];
  const [unit, name] = steps.find(([least]) => size >= least);
  return `${number(value / unit)}${NARROW}${name}`;
}

/** A share, 0 to 1, in percent. 0 % and 100 % are said of nothing else. */
export function share(value) {
  return percent(value * 100);
}

/** A percentage. */
export function percent(value) {
  if (value > 0 && value < 0.01) return `< 0.01${NARROW}%`;
  if (value > 99.9 && value < 100) return `> 99.9${NARROW}%`;
  return `${fixed(value, percentDigits(value))}${NARROW}%`;
}

function percentDigits(value) {
  if (value === 0 || Math.abs(value) >= 100) return 0;
  return Math.abs(value) < 1 ? 2 : 1;
}

/** A time taken, given in milliseconds. */
export function millis(value) {
  const size = Math.abs(value);
  if (size > 0 && size < 0.001) return `< 1${NARROW}µs`;
  if (size < 999.5) return `${number(size < 100 ? value : Math.round(value))}${NARROW}ms`;
  if (size < 59_950) return `${fixed(value / 1000, size < 9_995 ? 2 : 1)}${NARROW}s`;
  return duration(value);
}

/** A longer time, given in milliseconds, in the two largest units that it has. */
export function duration(value) {
  const seconds = Math.round(Math.abs(value) / 1000);
  const sign = value < 0 && seconds > 0 ? '−' : '';
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first < 0) return `0${NARROW}s`;
  return sign + parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${NARROW}${unit}`)
    .join(' ');
}

/** Bytes, in powers of 1024. */
export function bytes(value) {
  let rest = value;
  let unit = 0;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  while (Math.abs(rest) >= 1023.5 && unit < units.length - 1) {
    rest /= 1024;
    unit++;
  }
  return `${unit === 0 ? fixed(rest, 0) : number(rest)}${NARROW}${units[unit]}`;
}

/** So much in a second. */
export function perSecond(value) {
  return `${count(value)}${NARROW}/s`;
}

export function bytesPerSecond(value) {
  return `${bytes(value)}/s`;
}

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** A time of day; with the date if that is another one than of now. */
export function time(at, now = new Date()) {
  const date = new Date(at);
  const text = clock.format(date);
  return day.format(date) === day.format(now) ? text : `${day.format(date)}, ${text}`;
}

/** 1 gateway, 2 gateways. */
export function plural(amount, one, many = `${one}s`) {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}

/** A name of the API for people: l2_p95 becomes l2 p95. */
export function words(name) {
  return String(name).replaceAll('_', ' ');
}

/** What a metric's values are in, by the unit that the API names. */
export function byUnit(unit) {
  switch (unit) {
    case 'percent':
    case '%':
      return percent;
    case 'share':
    case 'ratio':
    case '0 to 1':
      return share;
    case 'ms':
    case 'milliseconds':
      return millis;
    case 's':
    case 'seconds':
      return (value) => millis(value * 1000);
    case 'bytes':
    case 'B':
      return bytes;
    case 'bytes/s':
    case 'bytes per second':
    case 'B/s':
      return bytesPerSecond;
    case '1/s':
    case 'requests/s':
    case 'requests per second':
    case '/s':
      return perSecond;
    case '1/h':
      return (value) => `${number(value)} an hour`;
    case 'MB':
      return (value) => bytes(value * 1024 * 1024);
    default:
      if (unit?.startsWith('percent ')) return (value) => `${percent(value)} ${unit.slice('percent '.length)}`;
      return (value) => (unit ? `${number(value)}${NARROW}${unit}` : number(value));
  }
}
