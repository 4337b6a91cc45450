package dev.slipstream.engine.redis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sign on a server that a gateway used it, which tells how old a snapshot is that came back.
 *
 * <p>A gateway that is new after the server came back knows nothing of the one before. So that its
 * sign does not hide how old the data are from gateways that do, it keeps what was there.
 *
 * @param micros when, in microseconds of the server's clock
 * @param before the last one under another identity of the server; {@link #NEVER} where there was
 *     none
 * @param server what the server called itself
 */
record Beat(long micros, long before, String server) {
  static final long NEVER = -1;

  private static final Pattern TEXT = Pattern.compile("(-?\\d{1,18})(?: (-?\\d{1,18}) (.*))?");

  /** What is stored; null where it is nothing of ours. */
  static @Nullable Beat of(@Nullable Object stored) {
    Matcher text = TEXT.matcher(stored instanceof byte[] bytes ? EntryKeys.text(bytes) : "");
    if (!text.matches()) {
      return null;
    }
    boolean alone = text.group(2) == null;
    return new Beat(
        Long.parseLong(text.group(1)),
        alone ? NEVER : Long.parseLong(text.group(2)),
        alone ? "" : text.group(3));
  }

  /** The next one, on a server that may be another by now. */
  static Beat next(@Nullable Beat last, long micros, String server) {
    return new Beat(micros, lastBefore(last, server), server);
  }

  /** When a gateway last gave a sign before the server was this one. */
  static long lastBefore(@Nullable Beat last, String server) {
    if (last == null) {
      return NEVER;
    }
    return last.server().equals(server) ? last.before() : last.micros();
  }

  byte[] text() {
    return EntryKeys.bytes(micros + " " + before + " " + server);
  }
}
