package dev.slipstream.servlet;

import dev.slipstream.config.rules.CacheRule;
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
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request that the application answers, while the cache takes a copy where it may.
 *
 * <p>It ends with the servlet's return or, once the application has gone asynchronous, with the
 * container's completion; in either case exactly once. Everything here runs inside calls that the
 * application makes: an error of ours gives the copy up and goes no further.
 */
final class Exchange implements UnaryOperator<@Nullable Throwable>, AsyncListener {
  private final Engine engine;
  private final @Nullable Fill fill;
  private final HttpServletRequest original;
  private final HttpServletResponse originalResponse;
  private final String cacheStatus;
  private final List<CacheRule> invalidates;
  private final long startNanos;
  private final Fields before;
  private final CapturingRequest request;
  private final CapturingResponse response;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean async;
  private volatile boolean identified;
  private volatile boolean forwarding;
  private volatile boolean abandoned;

  /**
   * Begins an exchange.
   *
   * @param fill the copy; null where none is taken
   * @param cacheStatus what the client is told of it
   * @param invalidates the rules whose entries are invalid once the request has succeeded
   */
  Exchange(
      Engine engine,
      @Nullable Fill fill,
      HttpServletRequest request,
      HttpServletResponse response,
      String cacheStatus,
      List<CacheRule> invalidates,
      long startNanos) {
    this.engine = engine;
    this.fill = fill;
    this.original = request;
    this.originalResponse = response;
    this.cacheStatus = cacheStatus;
    this.invalidates = invalidates;
    this.startNanos = startNanos;
    this.before = fill == null ? Fields.EMPTY : ResponseFields.of(response);
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
    guarded("ending an exchange", () -> left(thrown));
    return thrown;
  }

  private void left(@Nullable Throwable thrown) {
    if (thrown != null) {
      abandon(Refusal.FAILED);
      end(false);
    } else if (async) {
      return; // followed since it was begun
    } else if (original.isAsyncStarted()) {
      abandon(Refusal.INCOMPLETE); // begun past our request: so is its response
      original.getAsyncContext().addListener(this);
    } else {
      finish();
    }
  }

  /** The application has gone asynchronous with these, or with its own request and response. */
  void asyncStarted(AsyncContext context, BooleanSupplier captured) {
    async = true;
    guarded(
        "following an asynchronous exchange",
        () -> {
          context.addListener(this);
          if (!captured.getAsBoolean()) {
            abandon(Refusal.INCOMPLETE);
          }
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

  /** The application forwards: what it wrote before is thrown away. */
  void forwards() {
    forwarding = true;
    guarded("forwarding", response::forgetCopy);
  }

  /** A forwarded request has come to a servlet; past our dispatcher, the copy is not right. */
  void forwarded() {
    if (!forwarding) {
      abandon(Refusal.INCOMPLETE);
    }
  }

  /** What the client is told. */
  String cacheStatus() {
    return cacheStatus;
  }

  /** The answer turned out to be somebody's. */
  void identified() {
    identified = true;
  }

  /** Gives the copy up; called where the application is, so it never throws. */
  void abandon(Refusal why) {
    if (fill != null) {
      try {
        fill.abandon(why);
      } catch (Throwable t) {
        abandoned = true;
        engine.errors().record("giving up a copy", t);
      }
    }
  }

  void reset() {
    if (fill != null) {
      guarded("resetting a copy", fill::reset);
    }
  }

  void wrote(byte[] bytes, int offset, int count) {
    if (fill != null) {
      guarded(
          "copying a response",
          () -> {
            begin(fill);
            fill.append(bytes, offset, count);
          });
    }
  }

  void wrote(int one) {
    if (fill != null) {
      guarded(
          "copying a response",
          () -> {
            begin(fill);
            fill.append((byte) one);
          });
    }
  }

  private void begin(Fill copy) {
    if (copy.awaitsBegin()) {
      copy.begin(head());
    }
  }

  private void finish() {
    if (fill != null && !abandoned && fill.isOpen()) {
      response.flushCopy();
      fill.complete(head(), identified);
    }
    end(originalResponse.getStatus() < 400);
  }

  private void end(boolean succeeded) {
    if (ended.compareAndSet(false, true)) {
      engine.httpCache().counters().took(System.nanoTime() - startNanos);
      if (succeeded && !invalidates.isEmpty()) {
        engine.httpCache().invalidate(invalidates);
      }
    }
  }

  private ResponseHead head() {
    return ResponseHead.of(response.getStatus(), before, response.ownFields());
  }

  /** Does what the application did not ask for: an error gives the copy up and goes no further. */
  void guarded(String what, Runnable action) {
    try {
      action.run();
    } catch (Throwable t) {
      engine.errors().record(what, t);
      abandon(Refusal.FAILED);
    }
  }
}
