package dev.slipstream.engine.app;

import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.Call;
import dev.slipstream.engine.ErrorBreaker;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Calls of methods whose results are cached. Thread-safe. */
final class MethodCalls {
  private static final int MOST_NAMED = 1_000;

  private final ApplicationKeys keys;
  private final Counters counters;
  private final ErrorBreaker errors;
  private final AgentLog log;
  private final Set<String> named = ConcurrentHashMap.newKeySet();

  MethodCalls(ApplicationKeys keys, Counters counters, ErrorBreaker errors, AgentLog log) {
    this.keys = keys;
    this.counters = counters;
    this.errors = errors;
    this.log = log;
  }

  /**
   * Begins a call.
   *
   * @param cache that of the class that has the method
   * @return what ends it; null where the method is called as if there were no cache
   */
  @Nullable UnaryOperator<@Nullable Throwable> enter(
      ApplicationCache cache, CachedMethod method, @Nullable Object[] arguments, Call call) {
    String key = method.key(keys, arguments);
    ApplicationCache.Terms terms = key == null ? null : method.terms(arguments);
    if (key == null || terms == null) {
      counters.unkeyed.increment();
      sayOnce(method, "an argument cannot be told from others by its value");
      return null;
    }
    Object known = cache.getInMemory(key, terms.type());
    if (known != null) {
      call.answer(method.isStage() ? CompletableFuture.completedFuture(known) : known);
      return UnaryOperator.identity();
    }
    return method.isStage()
        ? enterStage(cache, method, key, terms, call)
        : enterPlain(cache, method, key, terms, call);
  }

  private UnaryOperator<@Nullable Throwable> enterPlain(
      ApplicationCache cache,
      CachedMethod method,
      String key,
      ApplicationCache.Terms terms,
      Call call) {
    ApplicationCache.Begun begun = cache.load(key, terms);
    if (begun instanceof ApplicationCache.Found found) {
      call.answer(found.value());
      return UnaryOperator.identity();
    }
    Loads.Load load = begun instanceof ApplicationCache.Loading loading ? loading.load() : null;
    return thrown -> {
      if (thrown == null) {
        ended(cache, method, key, load, call.second(), terms);
      } else {
        cache.failed(load, thrown);
      }
      return thrown;
    };
  }

  private void ended(
      ApplicationCache cache,
      CachedMethod method,
      String key,
      Loads.@Nullable Load load,
      @Nullable Object result,
      ApplicationCache.Terms terms) {
    if (CachedMethod.isReusable(result)) {
      cache.loaded(key, load, result, terms);
    } else {
      sayOnce(method, "a result can be used but once");
      cache.failed(load, new IllegalStateException("not reusable"));
    }
  }

  private @Nullable UnaryOperator<@Nullable Throwable> enterStage(
      ApplicationCache cache,
      CachedMethod method,
      String key,
      ApplicationCache.Terms terms,
      Call call) {
    ApplicationCache.Begun begun = cache.begin(key, terms, Thread.currentThread());
    if (begun instanceof ApplicationCache.Found found) {
      call.answer(CompletableFuture.completedFuture(found.value()));
      return UnaryOperator.identity();
    }
    if (begun instanceof ApplicationCache.Awaited awaited) {
      CompletableFuture<?> stage = cache.stage(awaited.load());
      if (stage == null) {
        return null;
      }
      call.answer(stage);
      return UnaryOperator.identity();
    }
    Loads.Load load = begun instanceof ApplicationCache.Loading loading ? loading.load() : null;
    return thrown -> {
      if (load != null) {
        load.leavesThread();
      }
      if (thrown != null) {
        cache.failed(load, thrown);
      } else if (call.second() instanceof CompletionStage<?> stage) {
        CompletionStage<?> unused =
            stage.whenComplete(
                (value, failure) ->
                    guarded(() -> completed(cache, method, key, load, value, failure, terms)));
      } else {
        cache.failed(load, new IllegalStateException("no stage"));
      }
      return thrown;
    };
  }

  private void completed(
      ApplicationCache cache,
      CachedMethod method,
      String key,
      Loads.@Nullable Load load,
      @Nullable Object value,
      @Nullable Throwable failure,
      ApplicationCache.Terms terms) {
    if (failure == null) {
      ended(cache, method, key, load, value, terms);
    } else {
      cache.failed(load, failure);
    }
  }

  /** No dispatcher stands before what comes later. */
  private void guarded(Runnable end) {
    try {
      end.run();
    } catch (Throwable t) {
      errors.record("the end of a cached method", t);
    }
  }

  private void sayOnce(CachedMethod method, String why) {
    if (named.size() < MOST_NAMED && named.add(method.toString())) {
      log.warn("a call of " + method + " is not cached: " + why + "; said once");
    }
  }
}
