package com.example.gateway;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads a body as it comes and answers with it once it is there. */
final class BodyListener implements ReadListener {
  private final AsyncContext context;
  private final ServletInputStream in;
  private final boolean failing;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final CountDownLatch called = new CountDownLatch(1);
  private String order = "";

  private BodyListener(AsyncContext context, ServletInputStream in, boolean failing) {
    this.context = context;
    this.in = in;
    this.failing = failing;
  }

  static void listen(HttpServletRequest request, HttpServletResponse response, boolean tellOrder)
      throws IOException {
    BodyListener listener = new BodyListener(request.startAsync(), request.getInputStream(), false);
    listener.in.setReadListener(listener);
    if (tellOrder) {
      listener.order = listener.calledWithin(200) ? "called too early" : "called in time";
    }
  }

  static void listenAndFail(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    BodyListener listener = new BodyListener(request.startAsync(), request.getInputStream(), true);
    listener.in.setReadListener(listener);
  }

  private boolean calledWithin(long millis) {
    try {
      return called.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void onDataAvailable() throws IOException {
    called.countDown();
    if (failing) {
      throw new IllegalStateException("a listener of the application failed");
    }
    byte[] block = new byte[3000];
    while (in.isReady()) {
      int count = in.read(block);
      if (count < 0) {
        return;
      }
      read.write(block, 0, count);
    }
  }

  @Override
  public void onAllDataRead() throws IOException {
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    response.setHeader("X-Order", order);
    BodyReading.answer(response, read.toByteArray());
    context.complete();
  }

  @Override
  public void onError(Throwable failure) {
    try {
      BodyReading.answer((HttpServletResponse) context.getResponse(), failure.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    context.complete();
  }
}
