package com.example.gateway;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Forwards a request to the backend and streams the response back.
 *
 * <p>No thread waits for the backend to answer. Once its response starts, a worker copies the body
 * through a buffer of {@value #BUFFER_BYTES} bytes, no faster than the client reads. A response
 * that breaks off half-way closes the connection, so that no client takes it for complete.
 */
final class ForwardServlet extends HttpServlet {

  private static final System.Logger LOG = System.getLogger(ForwardServlet.class.getName());
  private static final String FAILURE = ForwardServlet.class.getName() + ".failure";
  private static final int BUFFER_BYTES = 16 * 1024;

  private final transient HttpClient client;
  private final transient ForwardRequest forward;
  private final transient Executor workers;

  ForwardServlet(HttpClient client, ForwardRequest forward, Executor workers) {
    this.client = client;
    this.forward = forward;
    this.workers = workers;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getAttribute(FAILURE) instanceof Throwable cause) {
      throw new IOException("The backend's response broke off", cause);
    }
    HttpRequest outbound;
    try {
      outbound = forward.of(request);
    } catch (IllegalArgumentException e) {
      new Problem(400, "Bad Request", "The request cannot be forwarded.").send(response);
      return;
    }
    var async = request.startAsync();
    async.setTimeout(0); // the client has its own
    var unused =
        client
            .sendAsync(outbound, BodyHandlers.ofInputStream())
            .thenAcceptAsync(answer -> relay(answer, response), workers)
            .whenComplete((done, failure) -> finish(async, response, failure));
  }

  private static void relay(HttpResponse<InputStream> answer, HttpServletResponse response) {
    try (var body = answer.body()) {
      response.setStatus(answer.statusCode());
      var fields = answer.headers().map();
      var hop = new ConnectionFields(answer.headers().allValues("Connection"));
      fields.forEach(
          (name, values) -> {
            if (!hop.contains(name)) {
              values.forEach(value -> response.addHeader(name, value));
            }
          });
      copy(body, response);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static void copy(InputStream body, HttpServletResponse response) throws IOException {
    var out = response.getOutputStream();
    var buffer = new byte[BUFFER_BYTES];
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      out.write(buffer, 0, count);
      if (body.available() == 0) {
        out.flush(); // the next bytes may be long in coming
      }
    }
  }

  private static void finish(
      AsyncContext async, HttpServletResponse response, @Nullable Throwable failure) {
    if (failure == null) {
      async.complete();
      return;
    }
    var cause = failure instanceof CompletionException wrapper ? wrapper.getCause() : failure;
    LOG.log(Level.WARNING, "Forwarding failed: " + cause);
    if (response.isCommitted()) {
      async.getRequest().setAttribute(FAILURE, cause);
      async.dispatch();
      return;
    }
    try {
      response.reset();
      problem(cause).send(response);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The client left before the problem was told", e);
    } finally {
      async.complete();
    }
  }

  private static Problem problem(@Nullable Throwable cause) {
    return cause instanceof HttpTimeoutException
        ? new Problem(504, "Gateway Timeout", "The backend did not answer in time.")
        : new Problem(502, "Bad Gateway", "The backend cannot be reached.");
  }
}
