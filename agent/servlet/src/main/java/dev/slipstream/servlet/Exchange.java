package dev.slipstream.servlet;

import dev.slipstream.engine.Engine;
import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.Fill;
import dev.slipstream.engine.http.Refusal;
import dev.slipstream.engine.http.ResponseHead;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request that the application answers while the cache takes a copy.
 *
 * <p>It ends with the servlet's return or, once the application has gone asynchronous, with the
 * container's completion; in either case exactly once, which {@link Fill} sees to. Everything here
 * runs inside calls that the application makes: an error of ours gives the copy up and goes no
 * further.
 */
final class Exchange implements UnaryOperator<@Nullable Throwable>, AsyncListener {
  private final Engine engine;
  private final Fill fill;
  private final HttpServletRequest original;
  private final Fields before;
  private final CapturingRequest request;
  private final CapturingResponse response;
  private volatile boolean async;
  private volatile boolean identified;

  Exchange(Engine engine, Fill fill, HttpServletRequest request, HttpServletResponse response) {
    this.engine = engine;
    this.fill = fill;
    this.original = request;
    this.before = ResponseFields.of(response);
    this.response = new CapturingResponse(response, this);
    this.request = new CapturingRequest(request, this);
  }

  CapturingRequest request() {
    return request;
  }

  CapturingResponse response() {
    return response;
  }

  /** The servlet has returned or thrown. */
  @Override
  public @Nullable Throwable apply(@Nullable Throwable thrown) {
    guarded(
        "ending an exchange",
        () -> {
          if (thrown != null) {
            fill.abandon(Refusal.FAILED);
          } else if (!async && original.isAsyncStarted()) {
            fill.abandon(Refusal.INCOMPLETE); // begun past our request: so is its response
          } else if (!async) {
            finish();
          }
        });
    return thrown;
  }

  /** The application has gone asynchronous with these, or with its own request and response. */
  void asyncStarted(AsyncContext context, boolean captured) {
    async = true;
    guarded(
        "following an asynchronous exchange",
        () -> {
          if (!captured) {
            fill.abandon(Refusal.INCOMPLETE);
          }
          context.addListener(this);
        });
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // The container forgets listeners when an asynchronous exchange is begun again.
    guarded("following an asynchronous exchange", () -> event.getAsyncContext().addListener(this));
  }

  @Override
  public void onComplete(AsyncEvent event) {
    guarded("ending an asynchronous exchange", this::finish);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    abandon(Refusal.FAILED);
  }

  @Override
  public void onError(AsyncEvent event) {
    abandon(Refusal.FAILED);
  }

  /** The answer turned out to be somebody's. */
  void identified() {
    identified = true;
  }

  void abandon(Refusal why) {
    guarded("giving up a copy", () -> fill.abandon(why));
  }

  void reset() {
    guarded("resetting a copy", fill::reset);
  }

  void wrote(byte[] bytes, int offset, int count) {
    guarded(
        "copying a response",
        () -> {
          beginCopy();
          fill.append(bytes, offset, count);
        });
  }

  void wrote(int one) {
    guarded(
        "copying a response",
        () -> {
          beginCopy();
          fill.append((byte) one);
        });
  }

  private void beginCopy() {
    if (fill.awaitsBegin()) {
      fill.begin(head());
    }
  }

  private void finish() {
    if (fill.isOpen()) {
      response.flushCopy();
      fill.complete(head(), identified);
    }
  }

  private ResponseHead head() {
    return ResponseHead.of(response.getStatus(), before, response.ownFields());
  }

  private void guarded(String what, Runnable action) {
    try {
      action.run();
    } catch (Throwable t) {
      engine.errors().record(what, t);
      fill.abandon(Refusal.FAILED);
    }
  }
}
