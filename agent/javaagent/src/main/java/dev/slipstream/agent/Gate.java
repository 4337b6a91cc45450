package dev.slipstream.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The agent's hold on {@code java.lang.SlipstreamGate}: defines it in the boot loader, and sets its
 * handler.
 *
 * <p>A jar on the boot class path would be the usual way; it costs the class-data archive and a
 * warning on stdout. Instead {@code java.lang} is opened to this loader's unnamed module alone, and
 * the class defined there.
 */
final class Gate {
  private static final String NAME = "java.lang.SlipstreamGate";
  private static final String CLASS_FILE = "gate/java/lang/SlipstreamGate.class";

  private final VarHandle handler;
  private boolean closed;

  private Gate(VarHandle handler) {
    this.handler = handler;
  }

  /** Opens the gate, defining it where it is not there yet from an earlier attachment. */
  static Gate open(Instrumentation instrumentation)
      throws ReflectiveOperationException, IOException {
    ClassLoader ours = Gate.class.getClassLoader();
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.lang", Set.of(ours.getUnnamedModule())),
        Set.of(),
        Map.of());
    MethodHandles.Lookup lookup =
        MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
    Class<?> gate = define(ours, lookup);
    return new Gate(
        MethodHandles.privateLookupIn(gate, MethodHandles.lookup())
            .findStaticVarHandle(gate, "handler", Function.class));
  }

  private static Class<?> define(ClassLoader ours, MethodHandles.Lookup lookup)
      throws ReflectiveOperationException, IOException {
    try {
      return Class.forName(NAME, false, null);
    } catch (ClassNotFoundException firstTime) {
      try (InputStream in = ours.getResourceAsStream(CLASS_FILE)) {
        if (in == null) {
          throw new IOException("the agent's jar lacks " + CLASS_FILE, firstTime);
        }
        return lookup.defineClass(in.readAllBytes());
      }
    }
  }

  /** Sets what calls go to; null lets every call pass. Does nothing once closed. */
  synchronized void handle(
      @Nullable Function<Object[], @Nullable UnaryOperator<Throwable>> handler) {
    if (!closed) {
      this.handler.setVolatile(handler);
    }
  }

  /** Lets every call pass from now on; the gate may be another agent's before long. */
  synchronized void close() {
    handle(null);
    closed = true;
  }

  /** Whether calls go anywhere. */
  synchronized boolean isHandled() {
    return !closed && handler.getVolatile() != null;
  }
}
