package com.example.gateway;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** An asynchronous listener that does nothing. */
class QuietListener implements AsyncListener {
  @Override
  public void onComplete(AsyncEvent event) throws IOException {}

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {}

  @Override
  public void onError(AsyncEvent event) throws IOException {}

  @Override
  public void onStartAsync(AsyncEvent event) throws IOException {}
}
