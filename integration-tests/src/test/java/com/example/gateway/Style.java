package com.example.gateway;

/** In which thread and with which call a scenario is answered; the first segment of its path. */
public enum Style {
  /** On the container's thread, before {@code service} returns. */
  SYNC,
  /** {@code startAsync()}; another thread uses the context's request and response. */
  ASYNC,
  /** {@code startAsync()}; another thread uses the objects that {@code service} was given. */
  ASYNC_CAPTURED,
  /** {@code startAsync(request, response)} with the objects that {@code service} was given. */
  ASYNC_ARGUMENTS,
  /** {@code startAsync(request, response)} with wrappers of the application's own. */
  ASYNC_WRAPPED,
  /** {@code AsyncContext.start(Runnable)}. */
  ASYNC_START,
  /** {@code AsyncContext.dispatch()} to the same URL, from another thread. */
  DISPATCH_SELF,
  /** {@code AsyncContext.dispatch(String)} from another thread. */
  DISPATCH_PATH,
  /** {@code AsyncContext.dispatch()} before {@code service} returns. */
  DISPATCH_AT_ONCE;

  boolean answersOnContainerThread() {
    return switch (this) {
      case SYNC, DISPATCH_SELF, DISPATCH_PATH, DISPATCH_AT_ONCE -> true;
      case ASYNC, ASYNC_CAPTURED, ASYNC_ARGUMENTS, ASYNC_WRAPPED, ASYNC_START -> false;
    };
  }
}
