// Points in time: the console's history, and what the stream adds to it.

const KEPT_MS = 2 * 3_600_000;

/** Points by time, each once, the newest 2 h. */
export class Series {
  points = [];

  /** Takes points; of two at one time the later taken stays. */
  add(points) {
    const byTime = new Map(this.points.map((point) => [point.t, point]));
    points.forEach((point) => byTime.set(point.t, point));
    const all = [...byTime.values()].sort((first, second) => first.t - second.t);
    const oldest = (all.at(-1)?.t ?? 0) - KEPT_MS;
    this.points = all.filter((point) => point.t >= oldest);
  }

  clear() {
    this.points = [];
  }

  last() {
    return this.points.at(-1) ?? null;
  }

  /** The points of the last seconds, up to the newest. */
  within(seconds) {
    const from = (this.last()?.t ?? 0) - seconds * 1000;
    return this.points.filter((point) => point.t >= from);
  }
}

/**
 * Columns for a chart: seconds since 1970, then each name's values. Where nothing came for more
 * than three times the usual step there is a gap, not a line.
 */
export function columns(points, names) {
  const steps = points.slice(1).map((point, index) => point.t - points[index].t).sort((a, b) => a - b);
  const usual = steps[Math.floor(steps.length / 2)] ?? Infinity;
  const rows = [];
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before && point.t - before.t > 3 * usual) rows.push({ t: before.t + usual });
    rows.push(point);
  });
  return [rows.map((row) => row.t / 1000), ...names.map((name) => rows.map((row) => row[name] ?? null))];
}
