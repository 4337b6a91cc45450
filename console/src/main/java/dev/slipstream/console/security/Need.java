package dev.slipstream.console.security;

import java.util.Set;

/** What a request needs, by its method and path. What is not known to be less is a change. */
public enum Need {
  /** Health, for probes, which carry no token; the page itself, which holds no data. */
  NOTHING,
  /** To read what gateways tell. */
  TO_READ,
  /** To change something. */
  TO_CHANGE;

  private static final Set<String> READING_METHODS = Set.of("GET", "HEAD");

  /** Requests that only ask, although they have a body. */
  private static final Set<String> QUESTIONS = Set.of("/api/v1/rules/validate");

  private static final Set<String> OPEN =
      Set.of(
          "/",
          "/index.html",
          "/favicon.ico",
          "/favicon.svg",
          "/manifest.webmanifest",
          "/api/v1/health",
          "/api/v1/health/ready",
          "/api/v1/session");

  /** What a request needs. */
  public static Need of(String method, String path) {
    if (READING_METHODS.contains(method)) {
      return OPEN.contains(path) || isPageFile(path) ? NOTHING : TO_READ;
    }
    return method.equals("POST") && QUESTIONS.contains(path) ? TO_READ : TO_CHANGE;
  }

  /** Plain names alone: nothing that a router could take for another path. */
  private static boolean isPageFile(String path) {
    return (path.startsWith("/app/") || path.startsWith("/vendor/"))
        && path.chars().allMatch(Need::isPlain)
        && !path.contains("..");
  }

  private static boolean isPlain(int character) {
    return character == '/'
        || character == '.'
        || character == '-'
        || character == '_'
        || (character < 128 && Character.isLetterOrDigit(character));
  }

  /** The least role that has it. */
  Role role(boolean readingIsOpen) {
    return switch (this) {
      case NOTHING -> Role.NONE;
      case TO_READ -> readingIsOpen ? Role.NONE : Role.VIEWER;
      case TO_CHANGE -> Role.OPERATOR;
    };
  }
}
