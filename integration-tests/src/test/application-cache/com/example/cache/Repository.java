package com.example.cache;

import dev.slipstream.api.Cached;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Methods of every kind with results that are cached; each counts how often it has run. */
class Repository {
  static final AtomicInteger RUNS = new AtomicInteger();

  /** Something that has no value of its own to be told by. */
  static final class Opaque {
    @Override
    public String toString() {
      return "always the same";
    }
  }

  @Cached(ttl = 600, namespace = "repository", tags = {"users", "user:{0}"}, key = "user:{id}")
  public User find(String id) {
    RUNS.incrementAndGet();
    return User.named(id);
  }

  @Cached(ttl = 600)
  public List<User> all(int page, long size, double scale, boolean sorted, String... names) {
    RUNS.incrementAndGet();
    return List.of(User.named(page + "/" + size + "/" + scale + "/" + sorted + "/" + names.length));
  }

  @Cached
  static synchronized int squareOf(int number) {
    RUNS.incrementAndGet();
    return number * number;
  }

  @Cached
  private long sum(long first, LocalDate date, Style style) {
    long sum = RUNS.incrementAndGet();
    try {
      for (long i = 0; i < first; i++) {
        sum += style == Style.LONG ? 100L : date.getYear();
      }
      return sum;
    } finally {
      sum = 0;
    }
  }

  enum Style {
    SHORT,
    LONG
  }

  @Cached
  final <T extends Comparable<T>> T greatest(List<T> values) {
    RUNS.incrementAndGet();
    return values.stream().max(T::compareTo).orElseThrow();
  }

  @Cached
  String failing(String what) throws Exception {
    RUNS.incrementAndGet();
    throw new Exception(what);
  }

  @Cached
  String nothing() {
    RUNS.incrementAndGet();
    return null;
  }

  @Cached
  String ofOpaque(Opaque opaque) {
    return "run " + RUNS.incrementAndGet();
  }

  @Cached
  CompletionStage<String> later(String text, CompletionStage<?> gate) {
    RUNS.incrementAndGet();
    return gate.thenApply(ignored -> text);
  }

  @Cached(key = "later:{0}")
  CompletableFuture<String> stage(String text, CompletableFuture<?> gate) {
    RUNS.incrementAndGet();
    return gate.thenApply(ignored -> text);
  }

  @Cached(key = "{none}")
  String withBadKey() {
    return "run " + RUNS.incrementAndGet();
  }

  @Cached
  void returnsNothing() {
    RUNS.incrementAndGet();
  }

  /** Recursive, for the same and for others. */
  @Cached
  static long fibonacci(int n) {
    RUNS.incrementAndGet();
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
  }

  long sums() {
    return sum(2, LocalDate.of(2026, 1, 1), Style.LONG)
        - sum(2, LocalDate.of(2026, 1, 1), Style.LONG);
  }

  Map<String, Integer> unwoven() {
    return Map.of("runs", RUNS.incrementAndGet());
  }
}
