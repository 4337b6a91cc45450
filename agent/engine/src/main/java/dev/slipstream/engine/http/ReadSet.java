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
 * Where any number of filters stand before the servlet, one of them may go through all fields, as a
 * log does, and the next be such a guard: what is asked for by name counts there all the same, and
 * so does the address. Thread-safe.
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
  private boolean enumeratedByFilters;
  private boolean identified;
  private boolean addressed;
  private Reader reader;

  /** Who looks at the request. */
  private enum Reader {
    SERVLET,
    FILTER,
    FILTERS_BEFORE_SERVLET
  }

  /** At a servlet. */
  public ReadSet() {
    this(false);
  }

  /** At a filter, or a servlet. */
  public ReadSet(boolean atFilter) {
    this(atFilter ? Reader.FILTER : Reader.SERVLET);
  }

  private ReadSet(Reader reader) {
    this.reader = reader;
  }

  /** Where a request enters the web application: at filters until it {@link #reachesServlet}. */
  public static ReadSet atEntry() {
    return new ReadSet(Reader.FILTERS_BEFORE_SERVLET);
  }

  /** A servlet was entered: from now on it is that which looks. */
  public synchronized void reachesServlet() {
    reader = Reader.SERVLET;
  }

  /** A servlet has returned to the filters before it. */
  public synchronized void leavesServlet() {
    reader = Reader.FILTERS_BEFORE_SERVLET;
  }

  /** It asked for a field by name. */
  public synchronized void field(String name) {
    if (enumerated && reader != Reader.FILTERS_BEFORE_SERVLET) {
      return;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    boolean chooses =
        reader != Reader.SERVLET && !HttpCacheCounters.NOT_ABOUT_CONTENT.contains(lower);
    if (fields.size() < MOST_NAMES) {
      read(lower);
      if (chooses) {
        choosesBy(lower);
      }
    } else if (chooses && reader != Reader.FILTER && !chosenBy.contains(lower)) {
      identified = true; // what is not noted may say who is asking
    }
  }

  /**
   * The application is one of JAX-RS, which copies all fields before anybody looks at one, and
   * chooses by Accept without a word in Vary. Whether it looks at the languages cannot be seen.
   */
  public synchronized void negotiated() {
    choosesBy("accept");
    read("accept-language");
  }

  private void choosesBy(String name) {
    if (chosenBy.isEmpty()) {
      chosenBy = new HashSet<>();
    }
    chosenBy.add(name);
  }

  private void read(String name) {
    if (fields.isEmpty()) {
      fields = new HashSet<>();
    }
    fields.add(name);
  }

  /** It goes through all fields: which of them it asks for from now on says nothing more. */
  public synchronized void enumerated() {
    if (reader == Reader.FILTERS_BEFORE_SERVLET) {
      enumeratedByFilters = true;
    } else {
      enumerated = true;
    }
  }

  /** It looked at who is asking, and somebody is: the answer is that identity's. */
  public synchronized void identified() {
    identified = true;
  }

  /** It looked at the client's address; a proxy, which passes all on, passes that on, too. */
  public synchronized void addressed() {
    if (reader == Reader.FILTERS_BEFORE_SERVLET) {
      identified = true;
    } else if (reader == Reader.FILTER) {
      addressed = true;
    }
  }

  synchronized boolean isIdentified() {
    return identified || (addressed && !enumerated);
  }

  /** The lower-case names of the fields that were sent and read by name. */
  synchronized Set<String> read(Fields sent) {
    if (fields.isEmpty()) {
      return Set.of();
    }
    Set<String> read = new HashSet<>(fields);
    read.removeIf(name -> !sent.contains(name));
    return read;
  }

  /** The lower-case names of the fields read, of those sent, that choose between answers. */
  synchronized Set<String> shaping(NamePatterns patterns, Fields sent) {
    boolean anyRead = enumerated || enumeratedByFilters || !fields.isEmpty();
    if (!anyRead && chosenBy.isEmpty()) {
      return Set.of();
    }
    Set<String> shaping = new TreeSet<>(chosenBy);
    if (enumerated || enumeratedByFilters) {
      sent.forEach(
          (name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!IN_MOST_REQUESTS.contains(lower) && patterns.matchesIgnoringCase(lower)) {
              shaping.add(lower);
            }
          });
    }
    for (String name : fields) {
      if (patterns.matchesIgnoringCase(name)) {
        shaping.add(name);
      }
    }
    return shaping;
  }
}
