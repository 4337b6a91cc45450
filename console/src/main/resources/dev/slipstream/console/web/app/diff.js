// What differs between two texts, by lines: a longest common subsequence.

const MOST_CELLS = 4_000_000;

/**
 * The lines of both, in order.
 *
 * @returns {{kind: 'same'|'removed'|'added', text: string}[]}
 */
export function diff(before, after) {
  const [a, b] = [lines(before), lines(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return [
    ...a.slice(0, start).map(same),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ];
}

function lines(text) {
  const all = text.split(/\r?\n/);
  if (all.at(-1) === '') all.pop();
  return all;
}

const same = (text) => ({ kind: 'same', text });
const removed = (text) => ({ kind: 'removed', text });
const added = (text) => ({ kind: 'added', text });

function middle(a, b) {
  if (a.length * b.length > MOST_CELLS) return [...a.map(removed), ...b.map(added)];
  const width = b.length + 1;
  const length = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      length[i * width + j] =
        a[i] === b[j]
          ? length[(i + 1) * width + j + 1] + 1
          : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  const result = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      result.push(same(a[i++]));
      j++;
    } else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) {
      result.push(removed(a[i++]));
    } else {
      result.push(added(b[j++]));
    }
  }
  return [...result, ...a.slice(i).map(removed), ...b.slice(j).map(added)];
}

/**
 * Without what is far from any difference: each run of it becomes one {kind: 'skipped', count}.
 *
 * @param around lines to keep on either side of a difference
 */
export function abridged(all, around = 3) {
  const near = all.map(() => false);
  all.forEach((line, index) => {
    if (line.kind === 'same') return;
    near.fill(true, Math.max(0, index - around), index + around + 1);
  });
  const result = [];
  all.forEach((line, index) => {
    if (near[index]) result.push(line);
    else if (result.at(-1)?.kind === 'skipped') result.at(-1).count++;
    else result.push({ kind: 'skipped', count: 1 });
  });
  return result;
}
