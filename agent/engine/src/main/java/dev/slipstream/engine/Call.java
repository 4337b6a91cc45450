package dev.slipstream.engine;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A woven method's call, as the gate hands it over. The slots are those of {@code
 * java.lang.SlipstreamGate}.
 */
public final class Call {
  private static final int TARGET = 0;
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int THIRD = 3;
  private static final int EXIT = 4;
  private static final int POINT = 5;
  private static final int SLOTS = 6;

  private final Object[] slots;

  /** A view of the gate's slots. */
  public Call(Object[] slots) {
    this.slots = slots;
  }

  /** The object whose method was entered. */
  public Object target() {
    return slots[TARGET];
  }

  /** The kind of method, such as {@code servlet}. */
  public String point() {
    return (String) slots[POINT];
  }

  /** The request that the method was given. */
  public Object request() {
    return slots[FIRST];
  }

  /** The response that the method was given. */
  public Object response() {
    return slots[SECOND];
  }

  /** The first of what is handed over, which for a servlet is the {@link #request}. */
  public @Nullable Object first() {
    return slots[FIRST];
  }

  /** The second; at the end of a call that has a result, the result. */
  public @Nullable Object second() {
    return slots[SECOND];
  }

  /** The third. */
  public @Nullable Object third() {
    return slots[THIRD];
  }

  /** Answers a call that has a result: it is the first slot's. */
  @SuppressWarnings("NullAway") // a slot may be null, whatever the gate's type says
  public void answer(@Nullable Object result) {
    slots[FIRST] = result;
    answered();
  }

  /** The slots of a call that has come past the gate, to be ended as others are. */
  public static Object[] pending(Function<Call, UnaryOperator<@Nullable Throwable>> exit) {
    Object[] slots = new Object[SLOTS];
    slots[EXIT] = exit.apply(new Call(slots));
    return slots;
  }

  /** Gives the method another request and response. */
  public void replace(Object request, Object response) {
    slots[FIRST] = request;
    slots[SECOND] = response;
  }

  /** Makes the call what it was: it is not answered, and has its own arguments. */
  public void untouched(Object target, Object first, Object second) {
    slots[TARGET] = target;
    replace(first, second);
  }

  /** Leaves the method's body out: the call is answered. */
  @SuppressWarnings("NullAway") // null is what the gate asks for
  public void answered() {
    slots[TARGET] = null;
  }
}
