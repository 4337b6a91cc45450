package com.example.cache;

import dev.slipstream.api.Cache;
import dev.slipstream.api.Slipstream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Direct calls. */
final class Facade {
  private static final Duration TTL = Duration.ofMinutes(10);
  private static final int CALLERS = 50;

  /** Names a cache that no other process has. */
  private static final long PROCESS = ProcessHandle.current().pid();

  private static final Cache ANY = Slipstream.cache("any");
  private static final Cache USERS = Slipstream.cache("users", User.class);

  private Facade() {}

  static String say(String scenario) throws Exception {
    return switch (scenario) {
      case "agent" -> agent();
      case "values" -> values();
      case "load" -> load();
      case "failing" -> failing();
      case "coalesced" -> coalesced();
      case "async" -> async();
      case "invalidate" -> invalidate();
      case "reentrant" -> reentrant();
      case "through" -> through();
      case "store-user" -> storeUser();
      case "read-user" -> readUser();
      case "forget-user" -> forgetUser();
      default -> "no such scenario";
    };
  }

  private static String agent() {
    ANY.set("agent", "there", TTL);
    return ANY.get("agent", "not there");
  }

  private static String through() {
    Cache through = ANY.writeThrough();
    through.set("through", "set", TTL);
    String set = ANY.get("through", "none");
    through.delete("through");
    String loaded = through.getOrLoad("through", TTL, () -> "loaded");
    return set + " " + loaded + " " + ANY.get("through", "none");
  }

  private static String values() {
    User user = User.named("Ada");
    USERS.set("1", user, TTL);
    boolean same = USERS.<User>get("1", null) == user;
    USERS.delete("1");
    return same + " " + USERS.get("1", "deleted");
  }

  private static String load() {
    AtomicInteger loads = new AtomicInteger();
    Cache cache = Slipstream.cache("load" + PROCESS);
    String said = "";
    for (int i = 0; i < 3; i++) {
      said += cache.getOrLoad("key", TTL, () -> "load " + loads.incrementAndGet()) + " ";
    }
    return said + loads;
  }

  private static String failing() {
    AtomicInteger loads = new AtomicInteger();
    IOException failure = new IOException("the backend");
    String said = "";
    for (int i = 0; i < 2; i++) {
      try {
        ANY.getOrLoad(
            "failing",
            TTL,
            () -> {
              loads.incrementAndGet();
              throw failure;
            });
      } catch (Exception e) {
        said += (e == failure) + " ";
      }
    }
    return said + loads;
  }

  private static String coalesced() throws Exception {
    AtomicInteger loads = new AtomicInteger();
    CountDownLatch waiting = new CountDownLatch(CALLERS);
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    Callable<Object> caller =
        () -> {
          waiting.countDown();
          waiting.await();
          return ANY.getOrLoad(
              "coalesced",
              TTL,
              () -> {
                loads.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(500); // a slow backend
                return new Object();
              });
        };
    List<Callable<Object>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(caller);
    }
    List<Object> values = new ArrayList<>();
    for (Future<Object> one : threads.invokeAll(callers)) {
      values.add(one.get());
    }
    threads.shutdown();
    return values.stream().distinct().count() + " value of " + loads + " load";
  }

  private static String async() {
    AtomicInteger loads = new AtomicInteger();
    Cache cache = Slipstream.cache("async" + PROCESS);
    CompletableFuture<String> backend = new CompletableFuture<>();
    List<CompletableFuture<String>> asked = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      asked.add(
          cache
              .getOrLoadAsync(
                  "key",
                  TTL,
                  List.of(),
                  () -> {
                    loads.incrementAndGet();
                    return backend;
                  })
              .toCompletableFuture());
    }
    backend.complete("value");
    asked.forEach(CompletableFuture::join);
    Object again = cache.getAsync("key", "none").toCompletableFuture().join();
    Object other = cache.getAsync("other", "none").toCompletableFuture().join();
    return again + " " + other + " " + loads;
  }

  private static String invalidate() {
    Cache cache = Slipstream.cache("invalidate");
    cache.set("user:1", "a", TTL, List.of("red"));
    cache.set("user:2", "b", TTL, List.of("green"));
    cache.set("group:1", "c", TTL, List.of("green"));
    ANY.set("user:3", "d", TTL);
    long tagged = cache.invalidateByTags("red");
    long matched = cache.invalidateByPattern("user:*");
    long later = cache.invalidateByTagsAsync("green").toCompletableFuture().join();
    return tagged + " " + matched + " " + later + " " + ANY.get("user:3", "none");
  }

  private static String reentrant() {
    return ANY.getOrLoad(
        "reentrant", TTL, () -> "outer of " + ANY.getOrLoad("reentrant", TTL, () -> "inner"));
  }

  private static String storeUser() {
    USERS.set("shared", User.named("Grace"), TTL, List.of("people"));
    return "stored";
  }

  private static String readUser() {
    User user = USERS.get("shared", null);
    return user == null ? "none" : user.getName() + user.getRoles() + user.getClass().getName();
  }

  private static String forgetUser() {
    return "removed " + USERS.invalidateByTagsAsync("people").toCompletableFuture().join();
  }
}
