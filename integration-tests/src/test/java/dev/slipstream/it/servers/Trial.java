package dev.slipstream.it.servers;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A server on a JDK, to be run alone and with the agent. */
record Trial(Server server, Jdk jdk) {
  private static final Map<Trial, CompletableFuture<Outcome>> DONE = new ConcurrentHashMap<>();

  /** Both runs, made when they are asked for first. */
  Outcome outcome() {
    return DONE.computeIfAbsent(this, Trial::run).join();
  }

  private CompletableFuture<Outcome> run() {
    try {
      Run alone = Run.of(server, jdk, false);
      return CompletableFuture.completedFuture(
          new Outcome(server, alone, Run.of(server, jdk, true)));
    } catch (RuntimeException | AssertionError e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public String toString() {
    return server + ", " + jdk;
  }
}
