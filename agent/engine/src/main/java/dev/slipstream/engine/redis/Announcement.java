package dev.slipstream.engine.redis;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway tells the others of the entries that they share.
 *
 * @param kind what has become of them
 * @param tags entries with any of these are meant
 * @param patterns and entries whose key any of these globs matches
 * @param keys and the entries under these keys, with all that they lead to
 */
public record Announcement(Kind kind, List<String> tags, List<String> patterns, List<String> keys) {

  /** What has become of entries. */
  public enum Kind {
    /** They are removed from L2, or misses there. */
    INVALIDATED(1),
    /** The same, but what a gateway holds itself may answer as a stale answer may. */
    MADE_STALE(2),
    /** What they were made of has changed, and L2 has something else in their place. */
    CHANGED(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** What stands for it in a message. */
    int code() {
      return code;
    }

    static @Nullable Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      return null;
    }
  }

  public Announcement {
    tags = List.copyOf(tags);
    patterns = List.copyOf(patterns);
    keys = List.copyOf(keys);
  }

  static Announcement of(Kind kind, Collection<String> tags, Collection<String> patterns) {
    return new Announcement(kind, List.copyOf(tags), List.copyOf(patterns), List.of());
  }

  static Announcement changed(Collection<String> keys) {
    return new Announcement(Kind.CHANGED, List.of(), List.of(), List.copyOf(keys));
  }
}
