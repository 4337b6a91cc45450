package com.example.cache;

import com.example.cache.Repository.Opaque;
import dev.slipstream.api.Slipstream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls of {@link Repository}. */
final class Methods {
  private static final Repository REPOSITORY = new Repository();

  private Methods() {}

  static String say(String scenario) throws Exception {
    Repository.RUNS.set(0);
    String said = said(scenario);
    return said + ", runs " + Repository.RUNS;
  }

  private static String said(String scenario) throws Exception {
    return switch (scenario) {
      case "object" ->
          "same " + (REPOSITORY.find("1") == REPOSITORY.find("1"))
              + " other " + (REPOSITORY.find("1") == REPOSITORY.find("2"));
      case "shared" -> REPOSITORY.find("shared").getName();
      case "invalidated" -> invalidated();
      case "arguments" -> arguments();
      case "static" -> Repository.squareOf(7) + " " + Repository.squareOf(7);
      case "private" -> "" + REPOSITORY.sums();
      case "generic" -> generic();
      case "failing" -> failing() + " " + failing();
      case "nothing" -> REPOSITORY.nothing() + " " + REPOSITORY.nothing();
      case "opaque" -> REPOSITORY.ofOpaque(new Opaque()) + " " + REPOSITORY.ofOpaque(new Opaque());
      case "bad-key" -> REPOSITORY.withBadKey() + " " + REPOSITORY.withBadKey();
      case "void" -> twice();
      case "stage" -> stage();
      case "failing-stage" -> failingStage();
      case "recursive" -> "" + Repository.fibonacci(30);
      default -> "no such scenario";
    };
  }

  private static String invalidated() {
    REPOSITORY.find("3");
    REPOSITORY.find("4");
    long removed = Slipstream.cache("repository").invalidateByTags("user:3");
    REPOSITORY.find("3");
    REPOSITORY.find("4");
    return "removed " + removed;
  }

  private static String arguments() {
    List<List<User>> results = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      results.add(REPOSITORY.all(1, 2, 3, true));
      results.add(REPOSITORY.all(1, 2, 3, false));
      results.add(REPOSITORY.all(1, 2, 3, true, "a,b"));
      results.add(REPOSITORY.all(1, 2, 3, true, "a", "b"));
    }
    return results.stream().distinct().count() + " results";
  }

  private static String generic() {
    return REPOSITORY.greatest(List.of(1, 3, 2))
        + REPOSITORY.greatest(List.of("1", "3", "2"))
        + REPOSITORY.greatest(List.of(1, 3, 2));
  }

  private static String failing() {
    try {
      return REPOSITORY.failing("it fails");
    } catch (Exception e) {
      return e.getMessage();
    }
  }

  private static String twice() {
    REPOSITORY.returnsNothing();
    REPOSITORY.returnsNothing();
    return "done";
  }

  private static String stage() {
    CompletableFuture<String> gate = new CompletableFuture<>();
    CompletableFuture<String> first = REPOSITORY.stage("text", gate);
    CompletableFuture<String> second = REPOSITORY.stage("text", gate);
    boolean waiting = !first.isDone() && !second.isDone();
    gate.complete("open");
    CompletableFuture<String> third = REPOSITORY.stage("text", gate);
    return waiting + " " + first.join() + " " + second.join() + " " + third.join();
  }

  private static String failingStage() {
    CompletableFuture<String> failed =
        CompletableFuture.failedFuture(new IllegalStateException("down"));
    String said = "";
    for (int i = 0; i < 2; i++) {
      said +=
          REPOSITORY.stage("failing", failed).handle((value, t) -> t.getCause().getMessage()).join()
              + " ";
    }
    return said + REPOSITORY.stage("failing", CompletableFuture.completedFuture("x")).join();
  }
}
