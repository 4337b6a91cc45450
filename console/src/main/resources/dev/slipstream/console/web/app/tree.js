// Keys as a tree, by the colons in them.

/**
 * The tree of some entries. A group that has but one group in it is one with it, so that the first
 * line is apigw:http_responses:GET and not three lines; one that has but one entry is that entry.
 * Groups come before entries.
 *
 * @param entries objects with a key and size_bytes
 * @returns a node {name, path, groups, entries, count, bytes}
 */
export function tree(entries) {
  const root = group('', '');
  for (const entry of entries) {
    const parts = entry.key.split(':');
    let node = root;
    add(node, entry);
    for (let i = 0; i < parts.length - 1; i++) {
      if (!node.byName.has(parts[i])) {
        node.byName.set(parts[i], group(parts[i], node.path + parts[i] + ':'));
      }
      node = node.byName.get(parts[i]);
      add(node, entry);
    }
    node.entries.push({ name: parts.at(-1), entry });
  }
  return finished(root);
}

function group(name, path) {
  return { name, path, byName: new Map(), entries: [], count: 0, bytes: 0 };
}

function add(node, entry) {
  node.count++;
  node.bytes += entry.size_bytes ?? 0;
}

function finished(node) {
  const groups = [...node.byName.values()].map(finished).map(merged);
  const alone = groups.filter(({ count }) => count === 1).map(({ only: entry }) => ({
    name: entry.key.slice(node.path.length),
    entry,
  }));
  const entries = [...alone, ...node.entries];
  return {
    name: node.name,
    path: node.path,
    groups: groups.filter(({ count }) => count > 1),
    entries,
    only: entries[0]?.entry,
    count: node.count,
    bytes: node.bytes,
  };
}

/** A group with nothing but one group in it, written in one line. */
function merged(node) {
  if (node.entries.length === 0 && node.groups.length === 1) {
    const [only] = node.groups;
    return { ...only, name: `${node.name}:${only.name}` };
  }
  return node;
}
