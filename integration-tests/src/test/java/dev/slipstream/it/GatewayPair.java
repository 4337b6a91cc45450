package dev.slipstream.it;

/**
 * The same gateway twice: without the agent, whose answers are right by definition, and with it.
 */
record GatewayPair(Container container, GatewayProcess baseline, GatewayProcess cached)
    implements AutoCloseable {

  /** Starts both, the second with the agent's options ({@code key=value}). */
  static GatewayPair start(Container container, String... options) {
    GatewayProcess cached = GatewayProcess.of(container).agent(options).start();
    GatewayPair pair = new GatewayPair(container, GatewayProcess.of(container).start(), cached);
    try {
      pair.baseline.port();
      container.contextPaths().forEach(pair.cached::awaitAgent);
      return pair;
    } catch (RuntimeException | Error failure) {
      pair.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    baseline.close();
    cached.close();
  }
}
