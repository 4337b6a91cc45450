package dev.slipstream.servlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The chain that a filter gets while it is not known whether it answers: where it passes the
 * request on, its exchange is off, and what comes next gets what the filter was given.
 */
final class Passage implements FilterChain {
  private final FilterChain chain;
  private final FilterHabits habits;
  private final String path;
  private final @Nullable UnderWay underWay;
  private volatile @Nullable Exchange exchange;
  private volatile boolean passed;

  /**
   * Makes a passage.
   *
   * @param underWay what ends on this thread once the request is passed on; null where nothing does
   */
  Passage(FilterChain chain, FilterHabits habits, String path, @Nullable UnderWay underWay) {
    this.chain = chain;
    this.habits = habits;
    this.path = path;
    this.underWay = underWay;
  }

  /** The exchange that was begun at the filter. */
  void leadsOutOf(Exchange begun) {
    exchange = begun;
  }

  boolean isPassed() {
    return passed;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response)
      throws IOException, ServletException {
    Exchange begun = exchange;
    if (!passed) {
      passed = true;
      habits.passes(path);
      if (underWay != null) {
        underWay.end();
      }
      if (begun != null) {
        begun.handOn();
      }
    }
    if (begun == null) {
      chain.doFilter(request, response);
    } else {
      chain.doFilter(begun.given(request), begun.given(response));
    }
  }
}
