package dev.slipstream.servlet;

import dev.slipstream.engine.Engine;
import dev.slipstream.engine.admit.EndpointGuard;
import dev.slipstream.engine.profile.Endpoint;
import dev.slipstream.engine.profile.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of an exchange at its endpoint, and the leave to go on that is given back, once.
 */
abstract class Toll {
  private static final int FIRST_CLIENT_ERROR = 400;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final String EVENT_STREAM = "text/event-stream";

  private final Engine engine;
  private final HttpServletRequest original;
  private final HttpServletResponse originalResponse;
  private final @Nullable EndpointGuard guard;
  private final long startNanos;
  private volatile @Nullable Endpoint endpoint;
  private volatile boolean clientGone;
  private boolean givenBack;

  /**
   * Begins nothing yet.
   *
   * @param guard who let the request go on and is told of its end, or null
   */
  Toll(
      Engine engine,
      HttpServletRequest original,
      HttpServletResponse originalResponse,
      @Nullable EndpointGuard guard,
      long startNanos) {
    this.engine = engine;
    this.original = original;
    this.originalResponse = originalResponse;
    this.guard = guard;
    this.startNanos = startNanos;
  }

  final Engine engine() {
    return engine;
  }

  final HttpServletRequest original() {
    return original;
  }

  final HttpServletResponse originalResponse() {
    return originalResponse;
  }

  /** The application goes on with the request. */
  final void begins() {
    Endpoint at = engine.endpoints().at(original.getMethod(), original.getRequestURI());
    at.begun();
    endpoint = at;
  }

  /** It is under way no more, and not counted: another exchange is, or nobody sees its end. */
  final void notCounted() {
    Endpoint at = endpoint;
    if (at != null) {
      at.handedOn();
    }
  }

  /** It holds nothing back from others any more. */
  final void releasesPermit() {
    if (guard != null && givesBack()) {
      guard.released(startNanos);
    }
  }

  private synchronized boolean givesBack() {
    boolean first = !givenBack;
    givenBack = true;
    return first;
  }

  /** The client does not take what it is sent. */
  final void clientIsGone() {
    clientGone = true;
  }

  /** The exchange has ended with a status, 0 for none; nothing is counted yet. */
  final void givesPermitBack(int status, boolean insteadOfError) {
    givePermitBack(status, insteadOfError, System.nanoTime());
  }

  /**
   * Whether the answer lasts for as long as its client listens: then it is under way no more, as
   * far as threads and times are concerned.
   */
  final boolean isStream() {
    String type = originalResponse.getContentType();
    return type != null && type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
  }

  /**
   * The exchange has ended.
   *
   * @param status its status, 0 where it has none
   * @param insteadOfError whether a stored answer was given since the application failed
   * @param sentBytes of the body
   */
  final void ended(int status, Outcome outcome, boolean insteadOfError, long sentBytes) {
    long now = System.nanoTime();
    long nanos = now - startNanos;
    givePermitBack(status, insteadOfError, now);
    engine.httpCache().counters().took(nanos);
    Endpoint at = endpoint;
    if (at != null) {
      String path = original.getRequestURI();
      nameEndpoint(path);
      engine.endpoints().ended(at, path, outcome, status, nanos, bytes(sentBytes));
    }
  }

  private void nameEndpoint(String path) {
    try {
      RouteTemplate.learn(engine.httpCache().endpointNames(), original, path);
    } catch (Throwable t) {
      engine.errors().record("naming an endpoint", t);
    }
  }

  /** A client that has gone, or a stream, says nothing of how the application does. */
  private void givePermitBack(int status, boolean insteadOfError, long nowNanos) {
    if (clientGone || isStream()) {
      releasesPermit();
    } else if (guard != null && givesBack()) {
      boolean failed = status == 0 || status >= FIRST_SERVER_ERROR || insteadOfError;
      guard.ended(startNanos, nowNanos, failed, status < FIRST_CLIENT_ERROR);
    }
  }

  private long bytes(long sent) {
    if (sent > 0) {
      return sent;
    }
    String stated = originalResponse.getHeader("Content-Length");
    try {
      return stated == null ? -1 : Long.parseLong(stated);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
