package dev.slipstream.servlet;

import dev.slipstream.engine.Engine;
import dev.slipstream.engine.http.Fill;
import dev.slipstream.engine.http.ReadSet;
import dev.slipstream.engine.http.ResponseHead;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the application's own answer goes out in gzip: where it is about to be stored for
 * everybody, its client accepts that, and nothing but the servlet has a hand in its body.
 */
final class MissGzip {
  private final Engine engine;
  private final @Nullable Fill fill;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final ReadSet reads;
  private final Supplier<ResponseHead> head;
  private volatile boolean forgone;

  /**
   * Decides nothing yet.
   *
   * @param fill the copy; null where none is taken
   * @param head what the application has made of the answer so far
   * @param reads what the application has looked at so far
   */
  MissGzip(
      Engine engine,
      @Nullable Fill fill,
      HttpServletRequest request,
      HttpServletResponse response,
      ReadSet reads,
      Supplier<ResponseHead> head) {
    this.engine = engine;
    this.fill = fill;
    this.request = request;
    this.response = response;
    this.reads = reads;
    this.head = head;
  }

  /** It does not, unless it has begun: others than the servlet, or other threads, go on with it. */
  void forgo() {
    forgone = true;
  }

  /** Whether it may, as far as is known before the answer's head is. */
  boolean mayBe() {
    return fill != null
        && !forgone
        && !(response instanceof ServletResponseWrapper)
        && request.getMethod().equals("GET")
        && !response.isCommitted()
        && fill.mayGoOutInGzip();
  }

  /** Whether it does, if it goes out as it stands. */
  boolean isNow() {
    try {
      return fill != null && fill.goesOutInGzip(head.get(), reads);
    } catch (Throwable t) {
      failed(t);
      return false;
    }
  }

  /** What we have made of the answer has failed. */
  void failed(Throwable failure) {
    engine.errors().record("sending an answer in gzip", failure);
  }

  ContainerHabits habits() {
    return ContainerHabits.of(request.getServletContext());
  }
}
