package dev.slipstream.engine.redis;

import dev.slipstream.config.NamePatterns;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What is done to all entries of a group, off the request path: invalidation, flush, figures.
 *
 * <p>An invalidation has two steps. Its instant is noted on the server, whereupon entries with the
 * tags are misses and what was begun before is refused; then what is there is removed, some hundred
 * entries a script, each looked at once more so that the counts are exact. Which entries those are
 * comes from the indexes, or from a walk over all keys where an index is not whole.
 */
final class Maintenance {
  /** Members of the list of invalidations; the oldest give way to a floor. */
  private static final int GREATEST_INVALIDATIONS = 100_000;

  private static final int NOTED_AT_ONCE = 250;
  private static final int BATCH_ENTRIES = 400;
  private static final int BATCH_BYTES = 48 * 1024; // less than a socket takes at once
  private static final byte[] PAGE = EntryKeys.bytes("500");
  private static final byte[] ZERO = EntryKeys.bytes("0");
  private static final byte[] ONE = EntryKeys.bytes("1");
  private static final char SENTINEL = '#';

  private final EntryKeys keys;
  private final ServerClock serverClock;
  private final InstantSource clock;

  Maintenance(EntryKeys keys, ServerClock serverClock, InstantSource clock) {
    this.keys = keys;
    this.serverClock = serverClock;
    this.clock = clock;
  }

  /** Sees to it that the server has an epoch. */
  void begin(MaintenanceLink link) {
    try {
      stamp(link.next(), List.of(), List.of());
    } catch (JedisDataException e) {
      if (Refusal.isElsewhere(e)) {
        throw e;
      }
      return; // it cannot be written: it may be a replica, and can be read
    }
  }

  /**
   * Removes entries that have changed; what was begun before, of the same, is refused and a miss.
   */
  void change(MaintenanceLink link, List<String> changed) {
    List<String> batch = new ArrayList<>();
    int bytes = 0;
    for (String key : changed) {
      batch.add(key);
      bytes += 2 * key.length();
      if (batch.size() >= BATCH_ENTRIES || bytes >= BATCH_BYTES) {
        changeAtOnce(link, batch);
        batch.clear();
        bytes = 0;
      }
    }
    if (!batch.isEmpty()) {
      changeAtOnce(link, batch);
    }
  }

  private void changeAtOnce(MaintenanceLink link, List<String> batch) {
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(keys.changes());
    arguments.add(keys.invalidations());
    batch.forEach(key -> arguments.add(EntryKeys.bytes(keys.name(key))));
    batch.forEach(key -> arguments.add(EntryKeys.bytes(key)));
    link.next().run(Script.CHANGE, 2 + batch.size(), arguments.toArray(byte[][]::new));
  }

  private List<?> stamp(RedisConnection connection, List<String> tags, List<String> patterns) {
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(keys.invalidations());
    arguments.add(keys.known());
    arguments.add(keys.walks());
    arguments.add(keys.tagIndexes());
    arguments.add(EntryKeys.bytes(Integer.toString(GREATEST_INVALIDATIONS)));
    tags.forEach(tag -> arguments.add(EntryKeys.bytes("t:" + tag)));
    patterns.forEach(
        pattern -> arguments.add(EntryKeys.bytes("p:" + EntryKeys.withoutQuestionMarks(pattern))));
    return list(connection.run(Script.STAMP, 3, arguments.toArray(byte[][]::new)));
  }

  /** An invalidation of the group's entries, in two steps. */
  interface Removal {
    /** Sees to it that none of them is a hit any more. */
    void note(MaintenanceLink link);

    /** Removes them, and counts them. */
    RemovalCount remove(MaintenanceLink link);

    /** Whether all entries of the group are meant. */
    boolean isOfAll();
  }

  /** A removal of the entries that have one of the tags, or that one of the patterns matches. */
  Removal removal(Collection<String> tags, Collection<String> patterns) {
    List<String> someTags = tags.stream().filter(Tags::isTag).distinct().toList();
    List<String> somePatterns = patterns.stream().distinct().toList();
    return someTags.isEmpty() && somePatterns.stream().anyMatch(Maintenance::isEverything)
        ? new Flush()
        : new Some(someTags, new NamePatterns(somePatterns));
  }

  private static boolean isEverything(String pattern) {
    return EntryKeys.withoutQuestionMarks(pattern).equals("*") && pattern.indexOf('?') < 0;
  }

  /** Removes every entry of ours, and nothing else in the database. */
  private final class Flush implements Removal {
    private final List<byte[]> found = new ArrayList<>();
    private List<?> before = List.of();

    @Override
    public void note(MaintenanceLink link) {
      before = list(link.next().run(Script.RESET, 2, keys.invalidations(), keys.known()));
    }

    @Override
    public RemovalCount remove(MaintenanceLink link) {
      long entries = 0;
      byte[] cursor = ZERO;
      do {
        List<?> page = scan(link, cursor, keys.everything());
        cursor = (byte[]) page.get(0);
        for (byte[] name : names(page)) {
          entries += consider(link, name);
        }
      } while (!isZero(cursor));
      entries += sweep(link);
      return new RemovalCount(entries, 0, entries, true);
    }

    @Override
    public boolean isOfAll() {
      return true;
    }

    private EntryKeys keys() {
      return keys;
    }

    private long consider(MaintenanceLink link, byte[] name) {
      found.add(name);
      return found.size() < BATCH_ENTRIES ? 0 : sweep(link);
    }

    private long sweep(MaintenanceLink link) {
      if (found.isEmpty()) {
        return 0;
      }
      List<byte[]> arguments = new ArrayList<>();
      arguments.add(keys.invalidations());
      arguments.addAll(found);
      found.clear();
      int count = arguments.size();
      arguments.add((byte[]) before.get(0));
      arguments.add((byte[]) before.get(1));
      arguments.add(keys.tagIndexes());
      Object swept = link.next().run(Script.SWEEP, count, arguments.toArray(byte[][]::new));
      return swept instanceof Long removed ? removed : 0;
    }
  }

  /**
   * Takes the second step of removals from one server: of everything in several groups in one walk
   * over all its names, or else of each by itself.
   */
  static RemovalCount removeTogether(MaintenanceLink link, Collection<Removal> removals) {
    Map<String, Flush> flushes = new HashMap<>();
    RemovalCount sum = RemovalCount.NONE;
    for (Removal removal : removals) {
      if (removal instanceof Flush flush && removals.size() > 1) {
        flushes.put(flush.keys().group(), flush);
      } else {
        sum = sum.plus(removal.remove(link));
      }
    }
    if (flushes.isEmpty()) {
      return sum;
    }
    EntryKeys any = flushes.values().iterator().next().keys();
    long entries = 0;
    byte[] cursor = ZERO;
    do {
      List<?> page = scan(link, cursor, any.everythingInGroups());
      cursor = (byte[]) page.get(0);
      for (byte[] name : names(page)) {
        Flush flush = flushes.get(any.groupOf(EntryKeys.text(name)));
        entries += flush == null ? 0 : flush.consider(link, name);
      }
    } while (!isZero(cursor));
    for (Flush flush : flushes.values()) {
      entries += flush.sweep(link);
    }
    return sum.plus(new RemovalCount(entries, 0, entries, true));
  }

  /** A page of the names that match a pattern of Redis. */
  private static List<?> scan(MaintenanceLink link, byte[] cursor, byte[] pattern) {
    return list(
        link.next()
            .command(
                Command.SCAN,
                cursor,
                EntryKeys.bytes("MATCH"),
                pattern,
                EntryKeys.bytes("COUNT"),
                PAGE));
  }

  /** Entries of ours; those evicted count until their time is over. */
  long entries(MaintenanceLink link) {
    byte[] now = EntryKeys.bytes(Long.toString(serverClock.millis(clock.millis())));
    // Greater than any expiry, less than any epoch.
    byte[] end = EntryKeys.bytes("1000000000000000");
    Object entries = link.next().command(Command.ZCOUNT, keys.known(), now, end);
    return entries instanceof Long count ? count : 0;
  }

  /** Removes the entries that tags and patterns mean. */
  private final class Some implements Removal {
    private final List<String> tags;
    private final NamePatterns patterns;
    private final List<String> indexed = new ArrayList<>();
    private final List<String> batch = new ArrayList<>();
    private final List<byte[]> names = new ArrayList<>();
    private int batchBytes;
    private byte[] instant = ZERO;
    private boolean keysWhole = true;
    private boolean tagsWhole = true;
    private long entries;
    private long byTags;
    private long byPatterns;
    private final List<String> together;

    private Some(List<String> tags, NamePatterns patterns) {
      this.tags = tags;
      this.patterns = patterns;
      this.together = patterns.patterns().stream().filter(Tags::areTogether).toList();
    }

    @Override
    public void note(MaintenanceLink link) {
      List<String> globs = patterns.patterns();
      for (int from = 0; from < Math.max(tags.size(), globs.size()); from += NOTED_AT_ONCE) {
        List<String> someTags = part(tags, from);
        List<?> stamped = stamp(link.next(), someTags, part(globs, from));
        instant = (byte[]) stamped.get(0);
        keysWhole &= number(stamped.get(2)) == 1;
        for (int i = 0; i < someTags.size(); i++) {
          long index = number(stamped.get(3 + i));
          tagsWhole &= index != 2;
          if (index == 1) {
            indexed.add(someTags.get(i));
          }
        }
      }
    }

    @Override
    public RemovalCount remove(MaintenanceLink link) {
      List<String> globs = patterns.patterns();
      for (String tag : indexed) {
        walkIndex(link, keys.tagIndex(tag), EntryKeys.bytes("*"), true);
      }
      flush(link);
      boolean all = !tagsWhole || !together.isEmpty(); // whose tags only the server knows
      if (!keysWhole && !(tagsWhole && globs.isEmpty())) {
        walkDatabase(link, all);
      } else if (all) {
        walkIndex(link, keys.known(), EntryKeys.bytes("*"), true);
      } else {
        globs.forEach(glob -> walkMatching(link, glob));
      }
      flush(link);
      if (!globs.isEmpty()) {
        walked(link, globs);
      }
      return new RemovalCount(entries, byTags, byPatterns, true);
    }

    @Override
    public boolean isOfAll() {
      return false;
    }

    private void walkMatching(MaintenanceLink link, String glob) {
      if (keys.isEntry(glob) && glob.indexOf('*') < 0 && glob.indexOf('?') < 0) {
        consider(link, glob, EntryKeys.bytes(keys.name(glob)), false); // a key, whole
      } else {
        walkIndex(link, keys.known(), keys.superset(glob), false);
      }
    }

    private void walked(MaintenanceLink link, List<String> globs) {
      List<byte[]> arguments = new ArrayList<>();
      arguments.add(keys.walks());
      arguments.add(instant);
      globs.forEach(glob -> arguments.add(EntryKeys.bytes(EntryKeys.withoutQuestionMarks(glob))));
      link.next().run(Script.WALKED, 1, arguments.toArray(byte[][]::new));
    }

    private static List<String> part(List<String> list, int from) {
      return list.subList(Math.min(from, list.size()), Math.min(from + NOTED_AT_ONCE, list.size()));
    }

    private void walkIndex(MaintenanceLink link, byte[] index, byte[] superset, boolean all) {
      byte[] cursor = ZERO;
      do {
        List<?> page = page(link, index, cursor, superset);
        cursor = (byte[]) page.get(0);
        List<byte[]> members = names(page);
        for (int i = 0; i < members.size(); i += 2) { // each with its score
          String key = EntryKeys.text(members.get(i));
          if (key.charAt(0) != SENTINEL) {
            consider(link, key, EntryKeys.bytes(keys.name(key)), all);
          }
        }
      } while (!isZero(cursor));
    }

    private void walkDatabase(MaintenanceLink link, boolean all) {
      byte[] cursor = ZERO;
      do {
        List<?> page = scan(link, cursor, keys.everything());
        cursor = (byte[]) page.get(0);
        for (byte[] bytes : names(page)) {
          String name = EntryKeys.text(bytes);
          if (keys.isEntryName(name)) {
            String key = keys.isShortened(name) ? whole(link, name) : keys.key(name);
            consider(link, key, bytes, all);
          }
        }
      } while (!isZero(cursor));
    }

    private void consider(MaintenanceLink link, String key, byte[] name, boolean all) {
      if (!all && !keys.matches(patterns, key)) {
        return;
      }
      batch.add(key);
      names.add(name);
      batchBytes += name.length + 2 * key.length();
      if (batch.size() >= BATCH_ENTRIES || batchBytes >= BATCH_BYTES) {
        flush(link);
      }
    }

    private void flush(MaintenanceLink link) {
      if (batch.isEmpty()) {
        return;
      }
      List<byte[]> arguments = new ArrayList<>(3 * batch.size() + 5);
      arguments.add(keys.invalidations());
      arguments.add(keys.known());
      arguments.addAll(names);
      arguments.add(instant);
      arguments.add(keys.tagIndexes());
      arguments.add(EntryKeys.bytes(Tags.joined(tags)));
      arguments.add(EntryKeys.bytes(Integer.toString(together.size())));
      together.forEach(pattern -> arguments.add(EntryKeys.bytes(pattern)));
      for (String key : batch) {
        arguments.add(EntryKeys.bytes(key));
        arguments.add(keys.matches(patterns, key) ? ONE : ZERO);
      }
      List<?> counts =
          list(link.next().run(Script.REMOVE, 2 + names.size(), arguments.toArray(byte[][]::new)));
      entries += (Long) counts.get(0);
      byTags += (Long) counts.get(1);
      byPatterns += (Long) counts.get(2);
      batch.clear();
      names.clear();
      batchBytes = 0;
    }
  }

  /**
   * A walk over the entries that a look-up would find, in no order; one may come twice.
   *
   * @param keysOfInterest which keys are looked at
   */
  Walk walk(Predicate<String> keysOfInterest, Consumer<FoundEntry> found) {
    return new Walk(keysOfInterest, found);
  }

  /** A walk, a page at a time. */
  final class Walk {
    private final Predicate<String> keysOfInterest;
    private final Consumer<FoundEntry> found;
    private boolean begun;
    private boolean keysWhole;
    private byte[] cursor = ZERO;

    private Walk(Predicate<String> keysOfInterest, Consumer<FoundEntry> found) {
      this.keysOfInterest = keysOfInterest;
      this.found = found;
    }

    /** Whether it has come to the end. */
    boolean isOver() {
      return begun && isZero(cursor);
    }

    /** Looks at the next page. Returns true. */
    boolean page(MaintenanceLink link) {
      if (!begun) {
        keysWhole = number(stamp(link.next(), List.of(), List.of()).get(2)) == 1;
      }
      List<?> page =
          keysWhole
              ? Maintenance.page(link, keys.known(), cursor, EntryKeys.bytes("*"))
              : scan(link, cursor, keys.everything());
      List<byte[]> members = names(page);
      Map<String, byte[]> batch = new LinkedHashMap<>();
      for (int i = 0; i < members.size(); i += keysWhole ? 2 : 1) {
        String member = EntryKeys.text(members.get(i));
        boolean entry = keysWhole ? member.charAt(0) != SENTINEL : keys.isEntryName(member);
        String key =
            keysWhole || !entry
                ? member
                : keys.isShortened(member) ? whole(link, member) : keys.key(member);
        if (entry && keysOfInterest.test(key)) {
          batch.put(key, EntryKeys.bytes(keysWhole ? keys.name(key) : member));
        }
      }
      look(link, batch, found);
      cursor = (byte[]) page.get(0);
      begun = true;
      return true;
    }
  }

  /** The entry under a key that a look-up would find, or null. */
  @Nullable ReadEntry read(MaintenanceLink link, String key) {
    byte[] name = EntryKeys.bytes(keys.name(key));
    Object value = link.next().command(Command.HGET, name, EntryKeys.bytes("v"));
    List<FoundEntry> found = new ArrayList<>();
    look(link, Map.of(key, name), found::add);
    return value instanceof byte[] bytes && !found.isEmpty()
        ? new ReadEntry(found.get(0), bytes)
        : null;
  }

  private void look(MaintenanceLink link, Map<String, byte[]> batch, Consumer<FoundEntry> found) {
    if (batch.isEmpty()) {
      return;
    }
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(keys.invalidations());
    arguments.addAll(batch.values());
    List<?> entries =
        list(link.next().run(Script.FIND, arguments.size(), arguments.toArray(byte[][]::new)));
    int i = 0;
    for (String key : batch.keySet()) {
      if (entries.get(i++) instanceof List<?> entry) {
        found.accept(
            new FoundEntry(
                key,
                Tags.of(EntryKeys.text(entry.get(0))),
                serverClock.ownMillis(number(entry.get(1))),
                Math.max(0, (Long) entry.get(2)),
                (Long) entry.get(3)));
      }
    }
  }

  /** A page of an index, each member with its score. */
  private static List<?> page(MaintenanceLink link, byte[] index, byte[] cursor, byte[] superset) {
    return list(
        link.next()
            .command(
                Command.ZSCAN,
                index,
                cursor,
                EntryKeys.bytes("MATCH"),
                superset,
                EntryKeys.bytes("COUNT"),
                PAGE));
  }

  private String whole(MaintenanceLink link, String name) {
    Object key = link.next().command(Command.HGET, EntryKeys.bytes(name), EntryKeys.bytes("k"));
    return key instanceof byte[] bytes ? EntryKeys.text(bytes) : keys.key(name);
  }

  private static boolean isZero(byte[] cursor) {
    return cursor.length == 1 && cursor[0] == '0';
  }

  private static long number(Object digits) {
    return Long.parseLong(new String((byte[]) digits, StandardCharsets.US_ASCII));
  }

  private static List<?> list(@Nullable Object reply) {
    if (reply instanceof List<?> elements) {
      return elements;
    }
    throw new IllegalStateException("not the reply of a script of ours");
  }

  /** The elements of a page of a scan. */
  private static List<byte[]> names(List<?> page) {
    List<byte[]> names = new ArrayList<>();
    for (Object name : list(page.get(1))) {
      names.add((byte[]) name);
    }
    return names;
  }
}
