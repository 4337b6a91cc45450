package dev.slipstream.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A container's asynchronous exchange: tells its listeners how it ends. */
final class FakeAsyncContext implements AsyncContext {
  private final List<AsyncListener> listeners = new ArrayList<>();
  private final ServletRequest request;
  private final ServletResponse response;
  private boolean forgotten;
  boolean completed;

  FakeAsyncContext(ServletRequest request, ServletResponse response) {
    this.request = request;
    this.response = response;
  }

  /** The container gives the application up, and asks its listeners for an answer. */
  void timeOut() throws IOException {
    for (AsyncListener listener : List.copyOf(listeners)) {
      listener.onTimeout(new AsyncEvent(this));
    }
    complete();
  }

  /** The container has done with it, and tells nobody. */
  void forget() {
    listeners.clear();
    forgotten = true;
  }

  boolean hasListeners() {
    return !listeners.isEmpty();
  }

  /** The application's thread has failed. */
  void fail(Throwable thrown) throws IOException {
    for (AsyncListener listener : List.copyOf(listeners)) {
      listener.onError(new AsyncEvent(this, thrown));
    }
    complete();
  }

  @Override
  public void complete() {
    completed = true;
    for (AsyncListener listener : List.copyOf(listeners)) {
      try {
        listener.onComplete(new AsyncEvent(this));
      } catch (IOException e) {
        throw new IllegalStateException("no listener does I/O", e);
      }
    }
  }

  @Override
  public void addListener(AsyncListener listener) {
    listeners.add(listener);
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest request, ServletResponse response) {
    listeners.add(listener);
  }

  @Override
  public ServletRequest getRequest() {
    return request;
  }

  @Override
  public ServletResponse getResponse() {
    return response;
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return true;
  }

  @Override
  public void dispatch() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void dispatch(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void start(Runnable task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setTimeout(long millis) {}

  @Override
  public long getTimeout() {
    if (forgotten) {
      throw new IllegalStateException("the request has ended");
    }
    return 0;
  }
}
