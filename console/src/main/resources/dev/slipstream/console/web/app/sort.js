// The order of rows.

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function missing(value) {
  return value === null || value === undefined || value === '' || Number.isNaN(value);
}

function compare(first, second) {
  if (typeof first === 'number' && typeof second === 'number') return first - second;
  if (typeof first === 'boolean' && typeof second === 'boolean') return Number(first) - Number(second);
  return collator.compare(String(first), String(second));
}

/** Rows by a value, those without one last in either direction; equal ones stay as they were. */
export function sorted(rows, value, descending = false) {
  return [...rows].sort((first, second) => {
    const [a, b] = [value(first), value(second)];
    if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
    return descending ? compare(b, a) : compare(a, b);
  });
}
