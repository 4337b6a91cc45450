package dev.slipstream.it.speed;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to a gateway with the agent, and one for the same bytes to a gateway without, or to one
 * that does without what is measured.
 *
 * @param name without blanks
 * @param subject who is measured
 * @param path what it is asked for; with {@code /} at its end, one URL after the other
 * @param reference what it is compared with
 * @param referencePath what that is asked for
 * @param different how many URLs there are; 0 for no URL twice
 * @param field a field of the request; null for none
 * @param answered who answers the subject's request
 * @param status the status of both
 */
record Case(
    String name,
    Gateway subject,
    String path,
    Gateway reference,
    String referencePath,
    int different,
    @Nullable String field,
    Answered answered,
    int status) {

  /** The gateways: one JVM each. */
  enum Gateway {
    /** Without the agent. */
    NONE,
    /** With it, and an L1 that has room for all but what is never asked for again. */
    AGENT,
    /** With it, an L1 of one entry, and an L2. */
    L2,
    /** With it, an L1 of one entry, and nothing else. */
    L1_OF_ONE
  }

  /** Who answers. */
  enum Answered {
    BY_CACHE,
    BY_APPLICATION
  }

  private static final int FEW = 2_000;

  /** All of them. */
  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    cases.add(hit("hit-2k", "/hit/1", "/plain/1", null, 200));
    cases.add(hit("hit-64k", "/hit64/1", "/plain64/1", null, 200));
    cases.add(hit("hit-gzip", "/gzip/1", "/plain-gzip/1", "Accept-Encoding: gzip", 200));
    cases.add(hit("hit-gzip-like", "/gzip/1", "/like-gzip/1", "Accept-Encoding: gzip", 200));
    cases.add(hit("hit-entry", "/entry/1", "/plain/1", null, 200));
    cases.add(hit("hit-entry-like", "/entry/1", "/like/1", null, 200));
    cases.add(hit("hit-304", "/hit/1", "/plain/1", "If-None-Match: \"1\"", 304));
    cases.add(asked("plain", "/plain/1"));
    cases.add(asked("pass-through", "/private/1"));
    cases.add(asked("miss-store", "/hit/"));
    cases.add(
        new Case(
            "hit-l2",
            Gateway.L2,
            "/hit/",
            Gateway.L1_OF_ONE,
            "/hit/",
            FEW,
            null,
            Answered.BY_CACHE,
            200));
    return cases;
  }

  private static Case hit(
      String name, String path, String handWritten, @Nullable String field, int status) {
    return new Case(
        name, Gateway.AGENT, path, Gateway.NONE, handWritten, 1, field, Answered.BY_CACHE, status);
  }

  private static Case asked(String name, String path) {
    return new Case(
        name, Gateway.AGENT, path, Gateway.NONE, path, 0, null, Answered.BY_APPLICATION, 200);
  }

  boolean isOfManyUrls() {
    return path.endsWith("/");
  }
}
