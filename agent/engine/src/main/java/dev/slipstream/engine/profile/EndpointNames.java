package dev.slipstream.engine.profile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a request's path is called: the template that the application was seen to match it with,
 * else the path with its identifiers written {@code {id}}, and segments that were seen to vary
 * written {@code {value}}.
 *
 * <p>A stored answer is given without the application, which then names nothing: so what it once
 * said of a path is remembered, for the {@value #MOST_PATHS} that are used most. Thread-safe.
 */
public final class EndpointNames {
  private static final int MOST_PATHS = 10_000;
  private static final int LONGEST_PATH = 1_000;
  private static final int MOST_NAMES = 2_000;

  /** Places for what was asked for lately, two for each hash: few of 10,000 paths share both. */
  private static final int LATEST = 16_384;

  private static final int LONGEST_OF_LATEST = 250;

  /** The application is asked what it calls a path, for so many answers of it. */
  private static final int ASKED_AT_FIRST = 8;

  /** And then once for about so many. */
  private static final int ASKED_AGAIN = 64;

  /** A path and what it is called. */
  private static final class Called {
    private final String path;
    private final EndpointName name;
    private int asked; // about; of all threads

    Called(String path, EndpointName name) {
      this.path = path;
      this.name = name;
    }
  }

  private final Cache<String, String> templates =
      Caffeine.newBuilder().maximumSize(MOST_PATHS).executor(Runnable::run).build();
  private final Segments segments = new Segments();
  private final Map<String, EndpointName> names = new ConcurrentHashMap<>();
  // By the paths' hashes, the later of two first. Written and read without care: what is lost is
  // found anew.
  private final @Nullable Called[] latest = new Called[LATEST];

  /** The application matches a path, as it was sent, with this template. */
  public void learn(String path, String template) {
    Called called = latest(path);
    if (called != null && called.name.text().equals(template)) {
      return;
    }
    if (path.length() <= LONGEST_PATH && !template.equals(templates.getIfPresent(path))) {
      templates.put(path, template);
      int slot = slot(path);
      latest[slot] = null;
      latest[slot + 1] = null;
    }
  }

  /** The same, unless the application has named the path otherwise. */
  public void suggest(String path, String template) {
    if (path.length() <= LONGEST_PATH && templates.getIfPresent(path) == null) {
      learn(path, template);
    }
  }

  /** Whether it is time to ask the application, which has answered, what it calls a path. */
  public boolean wantsToLearn(String path) {
    Called called = latest(path);
    if (called == null) {
      return true;
    }
    if (called.asked < ASKED_AT_FIRST) {
      called.asked++;
      return true;
    }
    return ThreadLocalRandom.current().nextInt(ASKED_AGAIN) == 0; // all threads read what is known
  }

  /** What a path is called. */
  public String of(String path) {
    return nameOf(path).text();
  }

  /** The same, without making anything new where the path was asked for lately. */
  EndpointName nameOf(String path) {
    Called known = latest(path);
    if (known != null) {
      return known.name;
    }
    String template = templates.getIfPresent(path);
    EndpointName name =
        template == null ? called(guess(path), path, true) : called(template, path, false);
    if (path.length() <= LONGEST_OF_LATEST) {
      int slot = slot(path);
      latest[slot + 1] = latest[slot];
      latest[slot] = new Called(path, name);
    }
    return name;
  }

  private @Nullable Called latest(String path) {
    int slot = slot(path);
    Called called = latest[slot];
    if (called != null && called.path.equals(path)) {
      return called;
    }
    called = latest[slot + 1];
    return called != null && called.path.equals(path) ? called : null;
  }

  private String guess(String path) {
    return segments.of(EndpointPath.of(path));
  }

  /** A name has an endpoint from now on. Returns whether others are called otherwise by that. */
  boolean counted(EndpointName name) {
    if (!name.isGuessed() || !segments.note(name.text())) {
      return false;
    }
    Arrays.fill(latest, null);
    return true;
  }

  /** What a name that was guessed has become; itself where it still stands. */
  EndpointName now(EndpointName name) {
    return name.isGuessed() ? called(segments.of(name.text()), name.example(), true) : name;
  }

  private EndpointName called(String text, String path, boolean guessed) {
    EndpointName name = names.get(text);
    if (name != null) {
      return name;
    }
    if (names.size() >= MOST_NAMES) {
      names.values().removeIf(one -> !one.isCounted());
    }
    String example = path.length() <= LONGEST_PATH ? path : "";
    return names.computeIfAbsent(text, absent -> new EndpointName(absent, example, guessed));
  }

  private static int slot(String path) {
    int hash = path.hashCode();
    return ((hash ^ hash >>> 16) << 1) & (LATEST - 1);
  }
}
