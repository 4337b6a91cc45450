package dev.slipstream.servlet;

import dev.slipstream.engine.Engine;
import dev.slipstream.engine.admit.Permit;
import dev.slipstream.engine.profile.Endpoint;
import dev.slipstream.engine.profile.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** What is counted of an exchange at its endpoint, and the leave to go on that is given back. */
final class Toll {
  private static final int FIRST_CLIENT_ERROR = 400;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final String EVENT_STREAM = "text/event-stream";

  private final Engine engine;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Permit permit;
  private final long startNanos;
  private volatile @Nullable Endpoint endpoint;
  private volatile boolean clientGone;

  /**
   * Begins nothing yet.
   *
   * @param permit the request's leave to go on, given back with its end
   */
  Toll(
      Engine engine,
      HttpServletRequest request,
      HttpServletResponse response,
      Permit permit,
      long startNanos) {
    this.engine = engine;
    this.request = request;
    this.response = response;
    this.permit = permit;
    this.startNanos = startNanos;
  }

  /** The application goes on with the request. */
  void begins() {
    Endpoint at = engine.endpoints().at(request.getMethod(), request.getRequestURI());
    at.begun();
    endpoint = at;
  }

  /** It is under way no more, and not counted: another exchange is, or nobody sees its end. */
  void handedOn() {
    Endpoint at = endpoint;
    if (at != null) {
      at.handedOn();
    }
  }

  /** It holds nothing back from others any more. */
  void releasesPermit() {
    permit.release();
  }

  /** The client does not take what it is sent. */
  void clientIsGone() {
    clientGone = true;
  }

  /** The exchange has ended with a status, 0 for none; nothing is counted yet. */
  void givesPermitBack(int status, boolean insteadOfError) {
    givePermitBack(status, insteadOfError, System.nanoTime());
  }

  /**
   * Whether the answer lasts for as long as its client listens: then it is under way no more, as
   * far as threads and times are concerned.
   */
  boolean isStream() {
    String type = response.getContentType();
    return type != null && type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
  }

  /**
   * The exchange has ended.
   *
   * @param status its status, 0 where it has none
   * @param insteadOfError whether a stored answer was given since the application failed
   * @param sentBytes of the body
   */
  void ended(int status, Outcome outcome, boolean insteadOfError, long sentBytes) {
    long now = System.nanoTime();
    long nanos = now - startNanos;
    givePermitBack(status, insteadOfError, now);
    engine.httpCache().counters().took(nanos);
    Endpoint at = endpoint;
    if (at != null) {
      String path = request.getRequestURI();
      nameEndpoint(path);
      engine.endpoints().ended(at, path, outcome, status, nanos, bytes(sentBytes));
    }
  }

  private void nameEndpoint(String path) {
    try {
      RouteTemplate.learn(engine.httpCache().endpointNames(), request, path);
    } catch (Throwable t) {
      engine.errors().record("naming an endpoint", t);
    }
  }

  /** A client that has gone, or a stream, says nothing of how the application does. */
  private void givePermitBack(int status, boolean insteadOfError, long nowNanos) {
    if (clientGone || isStream()) {
      permit.release();
    } else {
      boolean failed = status == 0 || status >= FIRST_SERVER_ERROR || insteadOfError;
      permit.ended(nowNanos, failed, status < FIRST_CLIENT_ERROR);
    }
  }

  private long bytes(long sent) {
    if (sent > 0) {
      return sent;
    }
    String stated = response.getHeader("Content-Length");
    try {
      return stated == null ? -1 : Long.parseLong(stated);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
