package dev.slipstream.engine.profile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * What a request's path is called: the template that the application was seen to match it with,
 * else the path with its identifiers written {@code {id}}.
 *
 * <p>A stored answer is given without the application, which then names nothing: so what it once
 * said of a path is remembered, for the {@value #MOST_PATHS} that are used most. Thread-safe.
 */
public final class EndpointNames {
  private static final int MOST_PATHS = 10_000;
  private static final int LONGEST_PATH = 1_000;

  private final Cache<String, String> templates =
      Caffeine.newBuilder().maximumSize(MOST_PATHS).executor(Runnable::run).build();

  /** The application matches a path, as it was sent, with this template. */
  public void learn(String path, String template) {
    if (path.length() <= LONGEST_PATH && !template.equals(templates.getIfPresent(path))) {
      templates.put(path, template);
    }
  }

  /** What a path is called. */
  public String of(String path) {
    String template = templates.getIfPresent(path);
    return template == null ? EndpointPath.of(path) : template;
  }
}
