package dev.slipstream.engine.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * What gateways leave for each other beside the entries: one hash, a field for each. It goes a week
 * after the last of them has written. Waits for the server, on a connection of its own: not for a
 * request's thread, and nobody who announces waits for it.
 *
 * <p>What is there need not be ours: of very many fields {@value #MOST_READ} are read, by chance,
 * one after the other, and none that is too long.
 */
final class Notes {
  private static final byte[] STAY_SECONDS =
      EntryKeys.bytes(Long.toString(Duration.ofDays(7).toSeconds()));
  private static final int MOST_READ = 64;
  private static final int MOST_FIELDS = 1_000;
  private static final int LONGEST_FIELD = 100;
  private static final int LONGEST_NOTE = 512 << 10;

  private final MaintenanceLink link;
  private final byte[] name;

  Notes(MaintenanceLink link, byte[] name) {
    this.link = link;
    this.name = name;
  }

  /** The server's time, in milliseconds; null where it cannot be had. */
  @Nullable Long serverMillis() {
    return whileThere(there -> ServerClock.ask(there) / 1_000);
  }

  boolean write(String field, byte[] note) {
    byte[] gateway = EntryKeys.bytes(field);
    Boolean done =
        whileThere(
            there -> {
              if (number(there.next().command(Command.HLEN, name)) >= MOST_FIELDS
                  && number(there.next().command(Command.HEXISTS, name, gateway)) == 0) {
                return false;
              }
              there.next().command(Command.HSET, name, gateway, note);
              there.next().command(Command.EXPIRE, name, STAY_SECONDS);
              return true;
            });
    return done != null && done;
  }

  @Nullable Map<String, byte[]> read() {
    return whileThere(
        there -> {
          Map<String, byte[]> notes = new HashMap<>();
          for (byte[] field : fields(there)) {
            long length = number(there.next().command(Command.HSTRLEN, name, field));
            if (length > 0
                && length <= LONGEST_NOTE
                && there.next().command(Command.HGET, name, field) instanceof byte[] note) {
              notes.put(EntryKeys.text(field), note);
            }
          }
          return notes;
        });
  }

  private List<byte[]> fields(MaintenanceLink there) {
    List<byte[]> fields = new ArrayList<>();
    if (number(there.next().command(Command.HLEN, name)) <= 2 * MOST_FIELDS
        && there.next().command(Command.HKEYS, name) instanceof List<?> all) {
      for (Object one : all) {
        if (one instanceof byte[] field && field.length <= LONGEST_FIELD) {
          fields.add(field);
        }
      }
    }
    Collections.shuffle(fields);
    return fields.subList(0, Math.min(MOST_READ, fields.size()));
  }

  boolean remove(String field) {
    Long removed =
        whileThere(
            there -> number(there.next().command(Command.HDEL, name, EntryKeys.bytes(field))));
    return removed != null && removed > 0;
  }

  private static long number(@Nullable Object reply) {
    return reply instanceof Long count ? count : 0;
  }

  private <T> @Nullable T whileThere(Function<MaintenanceLink, T> work) {
    try {
      return link.call(work);
    } catch (RuntimeException | LinkageError e) {
      link.disconnect(); // another server may serve by now
      return null;
    }
  }

  void close() {
    link.close();
  }
}
