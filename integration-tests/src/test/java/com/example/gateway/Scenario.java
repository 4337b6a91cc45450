package com.example.gateway;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * One way in which an application produces an answer.
 *
 * @param name the last segment of its path
 * @param caching what a shared cache has to do with the answer
 * @param needs where it can be produced
 * @param answer produces the answer; everything but the fields of {@link Scenarios#MAX_AGE} is its
 *     business
 */
public record Scenario(String name, Caching caching, Needs needs, Answer answer) {

  /** Produces an answer. */
  @FunctionalInterface
  public interface Answer {
    void write(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  /** Where a scenario can be produced. */
  public enum Needs {
    ANY_THREAD,
    /**
     * On a thread that dispatched it: it uses request dispatchers, which are not made for use
     * beside a {@code service} that is still returning, or leaves a failure to the container.
     */
    CONTAINER_THREAD,
    /** It starts and completes asynchronous processing on its own. */
    SYNCHRONOUS_START
  }

  static Scenario stored(String name, Answer answer) {
    return new Scenario(
        name,
        Caching.STORED,
        Needs.ANY_THREAD,
        (request, response) -> {
          response.setHeader("Cache-Control", Scenarios.MAX_AGE);
          answer.write(request, response);
        });
  }

  static Scenario notStored(String name, Answer answer) {
    return new Scenario(name, Caching.NOT_STORED, Needs.ANY_THREAD, answer);
  }

  Scenario with(Caching other) {
    return new Scenario(name, other, needs, answer);
  }

  Scenario with(Needs other) {
    return new Scenario(name, caching, other, answer);
  }

  /** Whether it can be answered in this style. */
  public boolean suits(Style style) {
    return switch (needs) {
      case ANY_THREAD -> true;
      case CONTAINER_THREAD -> style.answersOnContainerThread();
      case SYNCHRONOUS_START -> style == Style.SYNC;
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
