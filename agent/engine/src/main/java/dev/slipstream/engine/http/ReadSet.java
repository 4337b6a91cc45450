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
 * all fields, as a proxy does, passes them on to one that may: then each that was sent counts, but
 * for those that nearly every request has, and differently.
 *
 * <p>A filter may turn a request away by anything that it asks for: there each field that is asked
 * for by name counts, and an answer after a look at the client's address alone is for that address.
 * Thread-safe.
 */
public final class ReadSet {
  private static final int MOST_NAMES = 100;

  /** By these, a proxy's answers would hardly ever be shared; what they shape has to say Vary. */
  private static final Set<String> IN_MOST_REQUESTS =
      Set.of("accept", "accept-language", "x-forwarded-for");

  // Most applications look at no field.
  private Set<String> fields = Set.of();
  private Set<String> chosenBy = Set.of();
  private boolean enumerated;
  private boolean identified;
  private boolean addressed;
  private final boolean atFilter;

  /** At a servlet. */
  public ReadSet() {
    this(false);
  }

  /** At a filter, or a servlet. */
  public ReadSet(boolean atFilter) {
    this.atFilter = atFilter;
  }

  /** It asked for a field by name. */
  public synchronized void field(String name) {
    if (!enumerated && fields.size() < MOST_NAMES) {
      read(name.toLowerCase(Locale.ROOT));
    }
  }

  /**
   * The application is one of JAX-RS, which copies all fields before anybody looks at one, and
   * chooses by Accept without a word in Vary. Whether it looks at the languages cannot be seen.
   */
  public synchronized void negotiated() {
    chosenBy = Set.of("accept");
    read("accept-language");
  }

  private void read(String name) {
    if (fields.isEmpty()) {
      fields = new HashSet<>();
    }
    fields.add(name);
  }

  /** It goes through all fields: which of them it asks for from now on says nothing more. */
  public synchronized void enumerated() {
    enumerated = true;
  }

  /** It looked at who is asking, and somebody is: the answer is that identity's. */
  public synchronized void identified() {
    identified = true;
  }

  /** It looked at the client's address; a proxy, which passes all on, passes that on, too. */
  public synchronized void addressed() {
    addressed = true;
  }

  synchronized boolean isIdentified() {
    return identified || (atFilter && addressed && !enumerated);
  }

  /** The lower-case names of the fields that were sent and read by name. */
  synchronized Set<String> read(Fields sent) {
    Set<String> read = new TreeSet<>();
    for (String name : fields) {
      if (sent.contains(name)) {
        read.add(name);
      }
    }
    return read;
  }

  /** The lower-case names of the fields read, of those sent, that choose between answers. */
  synchronized Set<String> shaping(NamePatterns patterns, Fields sent) {
    Set<String> shaping = new TreeSet<>(chosenBy);
    if (enumerated) {
      sent.forEach(
          (name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!IN_MOST_REQUESTS.contains(lower) && patterns.matchesIgnoringCase(lower)) {
              shaping.add(lower);
            }
          });
    }
    for (String name : fields) {
      if (patterns.matchesIgnoringCase(name)
          || (atFilter && !HttpCacheCounters.NOT_ABOUT_CONTENT.contains(name))) {
        shaping.add(name);
      }
    }
    return shaping;
  }
}
