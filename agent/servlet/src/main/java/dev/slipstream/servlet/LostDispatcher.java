package dev.slipstream.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/** A dispatcher that gives a background run up: containers dispatch only what is theirs. */
final class LostDispatcher implements RequestDispatcher {
  private final Fidelity fidelity;

  LostDispatcher(Fidelity fidelity) {
    this.fidelity = fidelity;
  }

  @Override
  public void forward(ServletRequest request, ServletResponse response) {
    throw fidelity.lose("forward");
  }

  @Override
  public void include(ServletRequest request, ServletResponse response) {
    throw fidelity.lose("include");
  }
}
