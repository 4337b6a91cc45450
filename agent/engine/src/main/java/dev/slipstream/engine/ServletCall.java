package dev.slipstream.engine;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.engine.http.Fill;
import dev.slipstream.engine.http.ReadSet;
import org.jspecify.annotations.Nullable;

/**
 * A servlet's or a filter's call that is under way on this thread: where adapters to what runs
 * within a servlet learn that the servlet's exchange is the one.
 */
public class ServletCall {
  // An array of the JDK's is all that a thread keeps of it: the agent can go.
  private static final ThreadLocal<@Nullable Object[]> CURRENT = new ThreadLocal<>();

  private volatile boolean negotiated;
  private volatile boolean identified;
  private volatile @Nullable CacheRule rule;

  /** A call that is not under way yet. */
  protected ServletCall() {}

  /** The one that is under way on this thread; null where there is none. */
  public static @Nullable ServletCall current() {
    @Nullable Object[] cell = CURRENT.get();
    return cell == null ? null : (ServletCall) cell[0];
  }

  /** Makes a call the one that is under way; null for none. */
  protected static void setCurrent(@Nullable ServletCall call) {
    @Nullable Object[] cell = CURRENT.get();
    if (cell != null) {
      cell[0] = call;
    } else if (call != null) {
      CURRENT.set(new Object[] {call});
    }
  }

  /** What runs within is a resource of JAX-RS: see {@link ReadSet#negotiated()}. */
  public void negotiates() {
    negotiated = true;
  }

  /** What runs within knows who is asking, though the servlet may not. */
  public void identifies() {
    identified = true;
  }

  /** What runs within is a method whose code says how its answers are cached. */
  public void isRuledBy(CacheRule own) {
    rule = own;
  }

  /** Has that count for a copy of the answer. */
  public void ruleInto(Fill fill) {
    CacheRule own = rule;
    if (own != null) {
      fill.ruledBy(own);
    }
  }

  /**
   * Gives way to an exchange that begins within: what comes before that, such as a filter that
   * checks who is asking, is to run on every hit. False where that cannot be.
   */
  public boolean givesWay() {
    return false;
  }

  /** Whether the client was told of the exchange that {@linkplain #givesWay gives way}. */
  public boolean isTold() {
    return false;
  }

  /** Notes what is known of what has run within. */
  public void noteIn(ReadSet reads) {
    if (negotiated) {
      reads.negotiated();
    }
    if (identified) {
      reads.identified();
    }
  }
}
