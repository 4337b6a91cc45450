package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which master serves which slots, as one node of a cluster knows it. */
final class ClusterSlots {
  private final List<Range> ranges = new ArrayList<>();

  private record Range(long first, long last, RedisUrl.Node master) {}

  /**
   * Reads the reply of CLUSTER SLOTS: a list of first slot, last slot, master, replicas.
   *
   * @param asked the node that replied, which may leave its own address out
   */
  ClusterSlots(@Nullable Object reply, RedisUrl.Node asked) {
    if (!(reply instanceof List<?> elements)) {
      throw new IllegalStateException("not the reply of CLUSTER SLOTS");
    }
    for (Object element : elements) {
      List<?> range = (List<?>) element;
      List<?> master = (List<?>) range.get(2);
      String host = master.get(0) instanceof byte[] bytes ? EntryKeys.text(bytes) : "";
      boolean known = !host.isEmpty() && !host.equals("?");
      ranges.add(
          new Range(
              (Long) range.get(0),
              (Long) range.get(1),
              new RedisUrl.Node(
                  known ? host : asked.host(), Math.toIntExact((Long) master.get(1)))));
    }
  }

  /** The master that serves a slot; null where nobody does. */
  RedisUrl.@Nullable Node master(int slot) {
    for (Range range : ranges) {
      if (range.first() <= slot && slot <= range.last()) {
        return range.master();
      }
    }
    return null;
  }
}
