package dev.slipstream.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exchanges whose container may forget them without a word: they are looked at each second until
 * they end. Thread-safe.
 */
public final class UntoldEnds {
  private final Set<Looked> underWay = ConcurrentHashMap.newKeySet();

  UntoldEnds() {}

  /** An exchange that is looked at. */
  public interface Looked {
    /** Looks whether it is over, and if so lets it leave. Throws nothing. */
    boolean isOver();
  }

  /** Looks at an exchange from now on. */
  public void watch(Looked exchange) {
    underWay.add(exchange);
  }

  /** An exchange has ended, and was told to. */
  public void forget(Looked exchange) {
    underWay.remove(exchange);
  }

  /** Exchanges that are looked at. */
  public int size() {
    return underWay.size();
  }

  /** Looks at all of them. */
  public void look() {
    underWay.removeIf(Looked::isOver);
  }
}
