package dev.slipstream.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The container's asynchronous exchange, whose end is noted before it comes: a stored answer that
 * stands by may still take the place of the application's.
 */
final class CapturedAsyncContext implements AsyncContext {
  private final AsyncContext container;
  private final Exchange exchange;

  CapturedAsyncContext(AsyncContext container, Exchange exchange) {
    this.container = container;
    this.exchange = exchange;
  }

  /** Whether this stands for a container's context. */
  boolean isOf(AsyncContext other) {
    return container == other;
  }

  @Override
  public void complete() {
    exchange.completesAsync();
    container.complete();
  }

  @Override
  public ServletRequest getRequest() {
    return container.getRequest();
  }

  @Override
  public ServletResponse getResponse() {
    return container.getResponse();
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return container.hasOriginalRequestAndResponse();
  }

  @Override
  public void dispatch() {
    container.dispatch();
  }

  @Override
  public void dispatch(String path) {
    container.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    container.dispatch(context, path);
  }

  @Override
  public void start(Runnable task) {
    container.start(task);
  }

  @Override
  public void addListener(AsyncListener listener) {
    container.addListener(new Listener(listener));
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest request, ServletResponse response) {
    container.addListener(new Listener(listener), request, response);
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    return container.createListener(type);
  }

  @Override
  public void setTimeout(long millis) {
    container.setTimeout(millis);
  }

  @Override
  public long getTimeout() {
    return container.getTimeout();
  }

  /** A listener of the application, to which events name this context and not the container's. */
  private final class Listener implements AsyncListener {
    private final AsyncListener application;

    Listener(AsyncListener application) {
      this.application = application;
    }

    private AsyncEvent event(AsyncEvent event) {
      @Nullable AsyncContext begun = event.getAsyncContext();
      return begun == container
          ? new AsyncEvent(
              CapturedAsyncContext.this,
              event.getSuppliedRequest(),
              event.getSuppliedResponse(),
              event.getThrowable())
          : event;
    }

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
      application.onComplete(event(event));
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
      application.onTimeout(event(event));
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
      application.onError(event(event));
    }

    @Override
    public void onStartAsync(AsyncEvent event) throws IOException {
      application.onStartAsync(event(event));
    }
  }
}
