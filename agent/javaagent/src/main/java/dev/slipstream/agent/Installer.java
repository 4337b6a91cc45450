package dev.slipstream.agent;

import java.lang.instrument.Instrumentation;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Installs the agent: from here on loaded classes are looked at, and nothing else happens until the
 * first of them is an entry point (law 3).
 *
 * <p>JDK types only, because its caller is in another class loader, and may be of an older version:
 * a function of the agent's options and the JVM's instrumentation to what is told of each further
 * attachment, and answers whether the agent is in the process still.
 */
public final class Installer implements BiFunction<String, Instrumentation, Predicate<String>> {
  /** Made by the agent's entry points. */
  public Installer() {}

  @Override
  public Predicate<String> apply(String options, Instrumentation instrumentation) {
    AgentRuntime runtime = new AgentRuntime(options, instrumentation);
    runtime.install();
    return runtime;
  }
}
