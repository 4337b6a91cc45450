package java.lang;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The one place where woven application code meets the agent.
 *
 * <p>It lives in {@code java.lang} because every class loader, modular or not, delegates that
 * package to the boot loader, and knows JDK types only. Woven code calls {@link #enter} and {@link
 * #exit} around a method; what happens there is the handler's business. Without a handler both do
 * nothing: that is the kill switch.
 *
 * <p>A call is an {@code Object[]} with the slots named here. The handler may replace the
 * arguments, and answers the call itself by setting {@link #TARGET} to null: the woven method's
 * body is then skipped. An agent that is attached later finds this class as it is, so it is general
 * and does not change.
 */
public final class SlipstreamGate {
  /** Slot of the object whose method was entered; null once the handler has answered the call. */
  public static final int TARGET = 0;

  /** Slot of the method's first argument that counts: of a servlet, the request. */
  public static final int FIRST = 1;

  /** Slot of the second: of a servlet, the response. */
  public static final int SECOND = 2;

  /** Slot of the third, or null. */
  public static final int THIRD = 3;

  /** Slot of what runs when the method is left: from what was thrown to what is thrown. */
  public static final int EXIT = 4;

  /** Slot of the kind of method. */
  public static final int POINT = 5;

  // Private, and set by the agent through a VarHandle: a public setter could be hijacked.
  private static volatile Function<Object[], UnaryOperator<Throwable>> handler;

  private SlipstreamGate() {}

  /** Begins a call. Returns null where nothing is to be done, now or at its end. */
  public static Object[] enter(
      String point, Object target, Object first, Object second, Object third) {
    Function<Object[], UnaryOperator<Throwable>> current = handler;
    if (current == null) {
      return null;
    }
    Object[] call = {target, first, second, third, null, point};
    UnaryOperator<Throwable> exit = current.apply(call);
    call[EXIT] = exit;
    return exit == null ? null : call;
  }

  /** Ends a call that {@link #enter} began. Returns what the woven method throws, or null. */
  @SuppressWarnings("unchecked")
  public static Throwable exit(Object[] call, Throwable thrown) {
    return call == null ? thrown : ((UnaryOperator<Throwable>) call[EXIT]).apply(thrown);
  }
}
