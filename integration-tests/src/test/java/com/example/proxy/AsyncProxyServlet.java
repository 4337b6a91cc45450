package com.example.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Forwards on a thread of its own; a failure comes back to the container by a dispatch. */
final class AsyncProxyServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final String FAILURE = AsyncProxyServlet.class.getName() + ".failure";
  private static final int TIMEOUT_MILLIS = 60_000;

  private final transient Forwarding forwarding;
  private final transient ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "proxy");
            thread.setDaemon(true);
            return thread;
          });

  AsyncProxyServlet(Forwarding forwarding) {
    this.forwarding = forwarding;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getAttribute(FAILURE) instanceof IOException failure) {
      throw failure;
    }
    AsyncContext context = request.startAsync();
    context.setTimeout(TIMEOUT_MILLIS);
    threads.execute(() -> answer(context));
  }

  private void answer(AsyncContext context) {
    HttpServletRequest request = (HttpServletRequest) context.getRequest();
    try {
      forwarding.forward(request, (HttpServletResponse) context.getResponse());
      context.complete();
    } catch (IOException e) {
      request.setAttribute(FAILURE, e);
      context.dispatch();
    }
  }
}
