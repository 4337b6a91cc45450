package dev.slipstream.servlet;

import dev.slipstream.engine.http.Fields;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletRequest;

/**
 * The application's servlet run once more, for the cache in place of a client (stale-while-
 * revalidate, RFC 5861 §3).
 *
 * <p>The servlet's thread of the container is gone, and with it what filters and listeners had
 * bound to it; the thread that this is run on has to be ended before long, since servlets leave
 * things behind in threads. How long a run takes is up to the servlet.
 */
final class BackgroundRun {
  /** What came of a run. */
  sealed interface Outcome {}

  /**
   * The servlet answered.
   *
   * @param error whether a container would make the body, an error page, so that it is not here
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and copying it would cost
  record Answer(int status, Fields fields, byte[] body, boolean error) implements Outcome {}

  /** The servlet threw. */
  record Failed(Throwable thrown) implements Outcome {}

  /** The servlet used something that a snapshot cannot give: what it answered is worth nothing. */
  record Unfaithful(String what) implements Outcome {}

  private final Servlet servlet;
  private final SnapshotRequest request;
  private final DetachedResponse response;

  BackgroundRun(Servlet servlet, SnapshotRequest request, int maxBodyBytes) {
    this.servlet = servlet;
    this.request = request;
    this.response = new DetachedResponse(request, maxBodyBytes);
  }

  /** Whether a request is that of a run, so that no exchange begins with it. */
  static boolean isBackground(ServletRequest request) {
    return SnapshotRequest.isBackground(request);
  }

  /** Runs the servlet on this thread, with the class loader of its web application. */
  Outcome run() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(request.contextClassLoader());
    try {
      servlet.service(request, response);
    } catch (Throwable thrown) {
      return failed(thrown);
    } finally {
      thread.setContextClassLoader(before);
    }
    byte[] body = response.end();
    String lost = request.fidelity().lost(response.getStatus() >= 500);
    return lost == null
        ? new Answer(response.getStatus(), response.fields(), body, response.isError())
        : new Unfaithful(lost);
  }

  private Outcome failed(Throwable thrown) {
    // A stack that was too deep is the servlet's failure; the others are the process's.
    if (thrown instanceof ThreadDeath
        || (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError))) {
      throw (Error) thrown;
    }
    String lost = request.fidelity().lost(true);
    return lost == null ? new Failed(thrown) : new Unfaithful(lost);
  }
}
