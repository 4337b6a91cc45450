package dev.slipstream.engine.redis;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The groups that a tier's entries are divided into: one on a single server, {@value #COUNT} in a
 * cluster, so that each script has all it needs on one node.
 */
final class SlotGroups {
  /** Never to be changed: gateways of different versions share the entries. */
  static final int COUNT = 64;

  private final SlotGroup[] groups;

  private SlotGroups(SlotGroup... groups) {
    this.groups = groups;
  }

  static SlotGroups one(String keyPrefix) {
    return new SlotGroups(new SlotGroup(new EntryKeys(keyPrefix), key -> true));
  }

  static SlotGroups ofCluster(String keyPrefix) {
    return new SlotGroups(
        IntStream.range(0, COUNT)
            .mapToObj(i -> new SlotGroup(EntryKeys.ofGroup(keyPrefix, i), key -> index(key) == i))
            .toArray(SlotGroup[]::new));
  }

  /** The group that a key is in. */
  SlotGroup of(String key) {
    return groups.length == 1 ? groups[0] : groups[index(key)];
  }

  /**
   * The number of a key's group: all that is made of one URL is in one, so that a change of it can
   * be noted for all of it at once.
   */
  static int index(String key) {
    int variant = key.indexOf(',');
    int end = variant < 0 ? key.length() : variant;
    return mixed(key.substring(0, key.startsWith(":", end - 1) ? end - 1 : end));
  }

  /** The last step of MurmurHash3 makes every bit of the hash count in the last six. */
  private static int mixed(String resource) {
    int hash = resource.hashCode();
    hash ^= hash >>> 16;
    hash *= 0x85ebca6b;
    hash ^= hash >>> 13;
    hash *= 0xc2b2ae35;
    hash ^= hash >>> 16;
    return hash & (COUNT - 1);
  }

  boolean isEntry(String key) {
    return groups[0].keys().isEntry(key);
  }

  List<SlotGroup> all() {
    return List.of(groups);
  }
}
