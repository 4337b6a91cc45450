// Tables as files: CSV (RFC 4180) and JSON.

const DANGEROUS = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * One field. Text that a spreadsheet would take for a formula is made plain text by a leading
 * apostrophe: keys and paths are what strangers have sent.
 */
export function field(value) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = Array.isArray(value) ? value.join(' ') : String(value);
  const safe = DANGEROUS.test(text.trimStart()) || DANGEROUS.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows of values under a line of names. */
export function csv(names, rows) {
  return [names, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/** The same as JSON: one object a row. */
export function json(names, rows) {
  const objects = rows.map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])),
  );
  return `${JSON.stringify(objects, null, 2)}\n`;
}
