package dev.slipstream.agent;

import java.util.List;

/** The kinds of woven methods, as they are named to the gate. */
final class Points {
  /** A servlet's {@code service}. */
  static final String SERVLET = "servlet";

  /** A method that the settings name. */
  static final String NAMED = "named";

  /** A filter's {@code doFilter}. */
  static final String FILTER = "filter";

  /** A JAX-RS application that is being set up: the target is what takes providers. */
  static final String JAX_RS = "jax-rs";

  /** What {@code dev.slipstream.api} asks, which comes to the gate by itself. */
  static final String APPLICATION = "application";

  /** A method whose result may be cached: the target is its class, then come method, arguments. */
  static final String CACHED = "cached";

  /** The class that application code gets its caches from, by its internal name. */
  static final String API_CLASS = "dev/slipstream/api/Slipstream";

  /** What a filter passes a request on with: the {@code doFilter} of a chain. */
  static final String CHAIN = "chain";

  /**
   * A gateway is told a field of an origin's answer, which it may keep from the client: Zuul 1
   * keeps Set-Cookie, so that what an origin has made for one client looks as if it were for
   * everyone.
   */
  static final String ORIGIN_FIELD = "origin-field";

  /** The class that has it, by its internal name. */
  static final String ORIGIN_FIELD_CLASS = "com/netflix/zuul/context/RequestContext";

  private static final String ORIGIN_FIELD_METHOD = "addOriginResponseHeader";
  private static final List<String> APIS = List.of("jakarta", "javax");

  private Points() {}

  /** The kind of a method by its name and descriptor; {@link #NAMED} where it is none of these. */
  static String of(String name, String descriptor) {
    if (name.equals(ORIGIN_FIELD_METHOD)
        && descriptor.equals("(Ljava/lang/String;Ljava/lang/String;)V")) {
      return ORIGIN_FIELD;
    }
    for (String api : APIS) {
      boolean serves = descriptor.equals(EntryMethods.service(api));
      if (name.equals("service") && serves) {
        return SERVLET;
      }
      if (name.equals("doFilter") && (serves || descriptor.equals(EntryMethods.doFilter(api)))) {
        return serves ? CHAIN : FILTER;
      }
    }
    return NAMED;
  }
}
