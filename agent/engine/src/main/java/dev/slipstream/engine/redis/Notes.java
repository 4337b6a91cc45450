package dev.slipstream.engine.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * What gateways leave for each other beside the entries: one hash, a field for each. It goes a week
 * after the last of them has written. Waits for the server: not for a request's thread.
 */
final class Notes {
  private static final byte[] STAY_SECONDS =
      EntryKeys.bytes(Long.toString(Duration.ofDays(7).toSeconds()));

  private final Announcer announcer;
  private final byte[] name;

  Notes(Announcer announcer, byte[] name) {
    this.announcer = announcer;
    this.name = name;
  }

  boolean write(String field, byte[] note) {
    Object done =
        announcer.whileThere(
            link -> {
              link.next().command(Command.HSET, name, EntryKeys.bytes(field), note);
              return link.next().command(Command.EXPIRE, name, STAY_SECONDS);
            });
    return done != null;
  }

  @Nullable Map<String, byte[]> read() {
    Object all = announcer.whileThere(link -> link.next().command(Command.HGETALL, name));
    if (!(all instanceof List<?> pairs)) {
      return null;
    }
    Map<String, byte[]> notes = new HashMap<>();
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      notes.put(EntryKeys.text(pairs.get(i)), (byte[]) pairs.get(i + 1));
    }
    return notes;
  }

  boolean remove(String field) {
    Object removed =
        announcer.whileThere(
            link -> link.next().command(Command.HDEL, name, EntryKeys.bytes(field)));
    return removed instanceof Long count && count > 0;
  }
}
