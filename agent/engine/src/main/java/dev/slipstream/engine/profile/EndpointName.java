package dev.slipstream.engine.profile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What paths are called together, with the endpoints of that name, one for each method. */
final class EndpointName {
  private static final int MOST_METHODS = 12;

  private final String text;
  private final String example;
  private final boolean guessed;
  private volatile Endpoint[] endpoints = {};

  /**
   * Makes a name.
   *
   * @param example a path of that name
   * @param guessed whether it is made of a path, and not told by the application
   */
  EndpointName(String text, String example, boolean guessed) {
    this.text = text;
    this.example = example;
    this.guessed = guessed;
  }

  String example() {
    return example;
  }

  boolean isGuessed() {
    return guessed;
  }

  String text() {
    return text;
  }

  @Nullable Endpoint of(String method) {
    for (Endpoint one : endpoints) {
      if (one.method().equals(method)) {
        return one;
      }
    }
    return null;
  }

  /** Adds an endpoint; false where it has too many: clients make methods up. */
  synchronized boolean add(Endpoint endpoint) {
    int count = endpoints.length;
    if (count >= MOST_METHODS) {
      return false;
    }
    Endpoint[] more = Arrays.copyOf(endpoints, count + 1);
    more[count] = endpoint;
    endpoints = more;
    return true;
  }

  /** Whether any of them is counted. */
  boolean isCounted() {
    for (Endpoint one : endpoints) {
      if (one.isCounted()) {
        return true;
      }
    }
    return false;
  }
}
