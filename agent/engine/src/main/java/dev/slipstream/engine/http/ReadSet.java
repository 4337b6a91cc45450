package dev.slipstream.engine.http;

import dev.slipstream.config.NamePatterns;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the application itself looked at of a request while it made the answer.
 *
 * <p>A field that it asks for by name may have shaped the answer. An application that goes through
 * all fields, as a proxy does, has told nothing by that. Thread-safe.
 */
public final class ReadSet {
  private static final int MOST_NAMES = 100;

  private final Set<String> fields = new HashSet<>();
  private boolean enumerated;
  private boolean identified;

  /** It asked for a field by name. */
  public synchronized void field(String name) {
    if (!enumerated && fields.size() < MOST_NAMES) {
      fields.add(name.toLowerCase(Locale.ROOT));
    }
  }

  /** It goes through all fields: which of them it asks for from now on says nothing. */
  public synchronized void enumerated() {
    enumerated = true;
  }

  /** It looked at who is asking, and somebody is: the answer is that identity's. */
  public synchronized void identified() {
    identified = true;
  }

  synchronized boolean isIdentified() {
    return identified;
  }

  /** The lower-case names of the fields read that choose between answers. */
  synchronized Set<String> shaping(NamePatterns patterns) {
    Set<String> shaping = new TreeSet<>();
    for (String name : fields) {
      if (patterns.matchesIgnoringCase(name)) {
        shaping.add(name);
      }
    }
    return shaping;
  }
}
