package dev.slipstream.engine.http;

import dev.slipstream.engine.profile.EndpointPath;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The endpoints of which only what runs within their servlet may answer from the cache: filters of
 * JAX-RS stand before their resources, and a hit in the servlet would leave them out. Bounded;
 * thread-safe.
 */
final class GuardedPaths {
  private static final int MOST_ENDPOINTS = 500;

  private final Set<String> endpoints = ConcurrentHashMap.newKeySet();

  void learn(String path) {
    if (endpoints.size() < MOST_ENDPOINTS) {
      endpoints.add(EndpointPath.of(path));
    }
  }

  boolean contains(String path) {
    return !endpoints.isEmpty() && endpoints.contains(EndpointPath.of(path));
  }
}
