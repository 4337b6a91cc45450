package com.example.gateway;

import static com.example.gateway.Scenario.stored;

import com.example.gateway.Scenario.Needs;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Answers through a {@code WriteListener}. */
final class NonBlockingScenarios {
  private NonBlockingScenarios() {}

  static List<Scenario> all() {
    return List.of(
        stored(
                "non-blocking",
                (request, response) -> write(request.startAsync(), response, Text.largeBytes()))
            .with(Needs.SYNCHRONOUS_START),
        stored(
                "non-blocking-with-arguments",
                (request, response) ->
                    write(request.startAsync(request, response), response, Text.largeBytes()))
            .with(Needs.SYNCHRONOUS_START),
        stored(
                "non-blocking-with-length",
                (request, response) -> {
                  byte[] body = Text.largeBytes();
                  response.setContentLength(body.length);
                  write(request.startAsync(), response, body);
                })
            .with(Needs.SYNCHRONOUS_START),
        stored(
                "non-blocking-small",
                (request, response) ->
                    write(request.startAsync(), response, Text.bytes(Text.PLAIN)))
            .with(Needs.SYNCHRONOUS_START));
  }

  private static void write(AsyncContext context, HttpServletResponse response, byte[] body)
      throws IOException {
    context.setTimeout(10_000);
    response.setContentType("text/plain");
    ServletOutputStream stream = response.getOutputStream();
    stream.setWriteListener(new Blocks(context, stream, body));
  }

  /** Writes a body in blocks of 4 KB, each when the container can take it. */
  private static final class Blocks implements WriteListener {
    private final AsyncContext context;
    private final ServletOutputStream stream;
    private final byte[] body;
    private int sent;
    private boolean completed;

    Blocks(AsyncContext context, ServletOutputStream stream, byte[] body) {
      this.context = context;
      this.stream = stream;
      this.body = body;
    }

    @Override
    public void onWritePossible() throws IOException {
      while (stream.isReady()) {
        if (sent == body.length) {
          if (!completed) {
            completed = true;
            context.complete();
          }
          return;
        }
        int length = Math.min(4096, body.length - sent);
        stream.write(body, sent, length);
        sent += length;
      }
    }

    @Override
    public void onError(Throwable failure) {
      context.complete();
    }
  }
}
