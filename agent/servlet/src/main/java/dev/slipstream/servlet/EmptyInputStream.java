package dev.slipstream.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

/** The body of a request that has none. */
final class EmptyInputStream extends ServletInputStream {
  private final Fidelity fidelity;

  EmptyInputStream(Fidelity fidelity) {
    this.fidelity = fidelity;
  }

  @Override
  public int read() {
    return -1;
  }

  @Override
  public boolean isFinished() {
    return true;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setReadListener(ReadListener listener) {
    throw new IllegalStateException(fidelity.lose("setReadListener"));
  }
}
