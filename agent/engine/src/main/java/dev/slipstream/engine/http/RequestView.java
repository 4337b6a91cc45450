package dev.slipstream.engine.http;

import org.jspecify.annotations.Nullable;

/**
 * A request as the cache sees it, before the application has run.
 *
 * <p>Only valid while the request is being dispatched: what is needed later is copied by {@link
 * #fields()}. Implementations answer from the container and change nothing in it; in particular
 * they create no session and consume no body.
 */
public interface RequestView extends FieldReader {
  /** The {@link #place()} where requests enter the web application, before all of its filters. */
  String ENTRY = "serve-at-entry";

  /** The method, as sent: case matters. */
  String method();

  /** {@code http} or {@code https}, as the container sees it. */
  String scheme();

  /** The host that the container resolved, without its port. */
  String serverName();

  /** The port that the container resolved. */
  int serverPort();

  /** The path as it was sent, neither decoded nor normalised, without the query. */
  String path();

  /** The query as it was sent, without the question mark; null if there is none. */
  @Nullable String query();

  /**
   * The SHA-256 of the body in hexadecimal digits, where a rule makes it part of the key; else
   * null.
   */
  @Nullable String bodyHash();

  /**
   * Where in the application the request is: what is stored there answers only there. Empty for
   * servlets and resources, which stand behind everything that may turn a request away; a filter's
   * class where a filter may answer; {@link #ENTRY}.
   */
  default String place() {
    return "";
  }

  /** A copy of every field. */
  Fields fields();

  /** The identifier of the session that the request belongs to, or null if it belongs to none. */
  @Nullable String sessionId();

  /** The name that the container authenticated, or null. */
  @Nullable String principal();

  /** The subject of the TLS client certificate, or null. */
  @Nullable String clientCertificate();
}
