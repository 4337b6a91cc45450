package com.example.admission;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks the backend for {@code /slow}, {@code /stored}, {@code /async} and {@code /large}, tells of
 * events at {@code /events} for as long as the backend takes, and asks nobody for anything else.
 */
final class MoodyServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient Moods moods;
  private final transient ScheduledExecutorService later =
      Executors.newScheduledThreadPool(
          1,
          task -> {
            Thread thread = new Thread(task, "later");
            thread.setDaemon(true);
            return thread;
          });

  MoodyServlet(Moods moods) {
    this.moods = moods;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String first = request.getRequestURI().split("/", 3)[1];
    if (first.equals("async")) {
      AsyncContext context = request.startAsync();
      ScheduledFuture<?> unused =
          later.schedule(() -> end(context, response), moods.millis, TimeUnit.MILLISECONDS);
      return;
    }
    if (first.equals("events")) {
      response.setContentType("text/event-stream;charset=utf-8");
      response.getWriter().print("data: first\n\n");
      response.flushBuffer();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(moods.millis));
      response.getWriter().print("data: last\n\n");
      return;
    }
    if (first.equals("slow") || first.equals("stored") || first.equals("large")) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(moods.millis));
      if (moods.failing) {
        throw new IOException("the backend fails");
      }
    }
    boolean stored = first.equals("stored");
    response.setHeader("Cache-Control", stored ? "max-age=1, stale-if-error=600" : "no-store");
    response.setContentType("text/plain");
    response.getWriter().print(first.repeat(first.equals("large") ? 1 << 20 : 1));
  }

  private void end(AsyncContext context, HttpServletResponse response) {
    try {
      if (moods.failing) {
        response.sendError(500);
      } else {
        response.getWriter().print("async");
      }
    } catch (IOException e) {
      // The client has gone.
    } finally {
      context.complete();
    }
  }
}
