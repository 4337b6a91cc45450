package dev.slipstream.engine;

/**
 * A woven method's call, as the gate hands it over. The slots are those of {@code
 * java.lang.SlipstreamGate}.
 */
public final class Call {
  private static final int TARGET = 0;
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  private static final int POINT = 5;

  private final Object[] slots;

  /** A view of the gate's slots. */
  public Call(Object[] slots) {
    this.slots = slots;
  }

  /** The object whose method was entered. */
  public Object target() {
    return slots[TARGET];
  }

  /** The kind of method: {@code servlet}, {@code filter} or {@code chain}. */
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

  /** Gives the method another request and response. */
  public void replace(Object request, Object response) {
    slots[FIRST] = request;
    slots[SECOND] = response;
  }

  /** Leaves the method's body out: the call is answered. */
  @SuppressWarnings("NullAway") // null is what the gate asks for
  public void answered() {
    slots[TARGET] = null;
  }
}
