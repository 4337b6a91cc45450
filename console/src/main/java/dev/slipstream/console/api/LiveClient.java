package dev.slipstream.console.api;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that is sent events as they come. Nobody waits for it: what it cannot take yet is kept
 * for it, and where that gets too much it is given up.
 */
final class LiveClient implements WriteListener {
  /** A minute of events. */
  private static final int MOST_WAITING = 30;

  private final @Nullable String target;
  private final BooleanSupplier admitted;
  private final ServletOutputStream out;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private boolean unflushed;

  private LiveClient(@Nullable String target, BooleanSupplier admitted, ServletOutputStream out) {
    this.target = target;
    this.admitted = admitted;
    this.out = out;
  }

  /**
   * Makes one of a request, whose response is written without a thread from now on.
   *
   * @param target the gateway that it wants to hear of; null for all
   * @param admitted whether it may still be told
   */
  static LiveClient of(
      @Nullable String target,
      BooleanSupplier admitted,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    AsyncContext async = request.startAsync();
    async.setTimeout(0);
    return of(target, admitted, response.getOutputStream());
  }

  static LiveClient of(@Nullable String target, BooleanSupplier admitted, ServletOutputStream out) {
    LiveClient client = new LiveClient(target, admitted, out);
    out.setWriteListener(client);
    return client;
  }

  @Nullable String target() {
    return target;
  }

  /** Ends when it has gone, or was given up. */
  CompletableFuture<@Nullable Void> ended() {
    return ended;
  }

  /** Sends something, as soon as it can be sent. */
  synchronized void send(byte[] event) {
    if (waiting.size() >= MOST_WAITING) {
      end();
      return;
    }
    waiting.add(event);
    pump();
  }

  /** Sends a sign of life, or ends it where it may be told no more. */
  void beat(byte[] sign) {
    if (admitted.getAsBoolean()) {
      send(sign);
    } else {
      end();
    }
  }

  synchronized void end() {
    waiting.clear();
    ended.complete(null);
  }

  @Override
  public synchronized void onWritePossible() {
    pump();
  }

  @Override
  public void onError(Throwable thrown) {
    end();
  }

  private void pump() {
    try {
      while (!ended.isDone() && out.isReady()) {
        byte[] next = waiting.poll();
        if (next != null) {
          out.write(next);
          unflushed = true;
        } else if (unflushed) {
          unflushed = false;
          out.flush();
        } else {
          return;
        }
      }
    } catch (IOException | IllegalStateException e) {
      end(); // it has gone
    }
  }
}
