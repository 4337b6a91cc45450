package dev.slipstream.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
      Outcome outcome = new Outcome(server, alone, Run.of(server, jdk, true));
      report(outcome.summary());
      return CompletableFuture.completedFuture(outcome);
    } catch (RuntimeException | AssertionError e) {
      report("did not run: " + e.getMessage());
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Adds a line to what the page on compatibility is written from. */
  private void report(String result) {
    try {
      Files.writeString(
          Path.of("target", "servers", "results.txt"),
          this + ": " + result.lines().findFirst().orElse("") + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return server + ", " + jdk;
  }
}
