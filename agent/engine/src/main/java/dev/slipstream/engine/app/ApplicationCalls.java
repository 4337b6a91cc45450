package dev.slipstream.engine.app;

import dev.slipstream.engine.Call;
import dev.slipstream.engine.ErrorBreaker;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.redis.Written;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The operations of {@code dev.slipstream.api.Cache}, as it calls them.
 *
 * <p>The first arguments are the cache's name, its type and the key. Answers that come later are
 * completed on the common pool: what the application hangs on them is none of our threads'
 * business.
 */
final class ApplicationCalls {

  /** Decides that the caller loads, and nothing is to be ended. */
  private static final Object[] BY_ITSELF = {};

  private final ApplicationCache cache;
  private final ApplicationKeys keys;
  private final Background lookUps;
  private final Background counted;
  private final Executor joined;
  private final Duration budget;
  private final ErrorBreaker errors;

  /**
   * Makes what does the calls of one application.
   *
   * @param lookUps where L2 is asked for callers that do not wait
   * @param counted where L2 is invalidated: a server that does not answer keeps those for seconds,
   *     and no look-up with them
   * @param joined where that is done, without a count, once too many wait for one
   * @param budget how long a caller waits for L2 where it invalidates
   */
  ApplicationCalls(
      ApplicationCache cache,
      ApplicationKeys keys,
      Background lookUps,
      Background counted,
      Executor joined,
      Duration budget,
      ErrorBreaker errors) {
    this.cache = cache;
    this.keys = keys;
    this.lookUps = lookUps;
    this.counted = counted;
    this.joined = joined;
    this.budget = budget;
    this.errors = errors;
  }

  /** Does an operation; what is not known is of a newer API, and is not done. */
  @Nullable UnaryOperator<@Nullable Throwable> enter(
      String operation, Arguments arguments, Call call) {
    return switch (operation) {
      case "get" -> get(arguments, call);
      case "getAsync" -> getAsync(arguments);
      case "load" -> load(arguments, call);
      case "loadAsync" -> loadAsync(arguments, call);
      case "set" -> set(arguments);
      case "delete" -> delete(arguments);
      case "invalidate" -> invalidate(arguments, call);
      default -> null;
    };
  }

  private String key(Arguments arguments) {
    return keys.of(arguments.text(0), arguments.text(2));
  }

  private @Nullable UnaryOperator<@Nullable Throwable> get(Arguments arguments, Call call) {
    Object value = cache.get(key(arguments), arguments.type(1));
    return value == null ? null : answer(call, value);
  }

  private static UnaryOperator<@Nullable Throwable> answer(Call call, @Nullable Object value) {
    call.answer(value);
    return UnaryOperator.identity();
  }

  private UnaryOperator<@Nullable Throwable> getAsync(Arguments arguments) {
    String key = key(arguments);
    Type type = arguments.type(1);
    CompletableFuture<@Nullable Object> later = arguments.future(3);
    Object known = cache.getInMemory(key, type);
    if (known != null || !cache.isShared()) {
      later.complete(known == null ? cache.get(key, type) : known);
    } else {
      lookUps.run(
          "a look-up for an application",
          () -> completeWith(later, cache.get(key, type)),
          () -> completeWith(later, null));
    }
    return UnaryOperator.identity();
  }

  @SuppressWarnings("NullAway") // nothing is null
  private static void completeWith(
      CompletableFuture<@Nullable Object> later, @Nullable Object value) {
    complete(later, value);
  }

  private static <T extends @Nullable Object> void complete(CompletableFuture<T> later, T value) {
    CompletableFuture<T> unused = later.completeAsync(() -> value);
  }

  private ApplicationCache.Terms terms(Arguments arguments, int ttl) {
    return new ApplicationCache.Terms(
        arguments.type(1), arguments.number(ttl), arguments.texts(ttl + 1));
  }

  private UnaryOperator<@Nullable Throwable> load(Arguments arguments, Call call) {
    String key = key(arguments);
    ApplicationCache.Terms terms = terms(arguments, 3);
    Object known = cache.getInMemory(key, terms.type());
    if (known != null) {
      return answer(call, known);
    }
    ApplicationCache.Begun begun = cache.load(key, terms);
    if (begun instanceof ApplicationCache.Found found) {
      return answer(call, found.value());
    }
    return end(key, loadOf(begun), terms, call, arguments.has(5));
  }

  private static Loads.@Nullable Load loadOf(ApplicationCache.Begun begun) {
    return begun instanceof ApplicationCache.Loading loading ? loading.load() : null;
  }

  private UnaryOperator<@Nullable Throwable> end(
      String key,
      Loads.@Nullable Load load,
      ApplicationCache.Terms terms,
      Call call,
      boolean through) {
    return thrown -> {
      if (thrown == null) {
        await(cache.loaded(key, load, call.second(), terms, through), through);
      } else {
        cache.failed(load, thrown);
      }
      return thrown;
    };
  }

  private UnaryOperator<@Nullable Throwable> loadAsync(Arguments arguments, Call call) {
    String key = key(arguments);
    ApplicationCache.Terms terms = terms(arguments, 3);
    Object known = cache.getInMemory(key, terms.type());
    if (known != null) {
      return answer(call, new Object[] {CompletableFuture.completedFuture(known)});
    }
    if (!cache.isShared()) {
      return answer(call, decide(key, terms));
    }
    CompletableFuture<Object[]> later = arguments.future(5);
    lookUps.run(
        "a look-up for an application",
        () -> complete(later, decide(key, terms)),
        () -> complete(later, BY_ITSELF));
    return UnaryOperator.identity();
  }

  /** A stage alone; or a call that ends a load; or nothing. */
  private Object[] decide(String key, ApplicationCache.Terms terms) {
    ApplicationCache.Begun begun = cache.begin(key, terms, null);
    if (begun instanceof ApplicationCache.Found found) {
      return new Object[] {CompletableFuture.completedFuture(found.value())};
    }
    if (begun instanceof ApplicationCache.Awaited awaited) {
      CompletableFuture<?> stage = cache.stage(awaited.load());
      return stage == null ? BY_ITSELF : new Object[] {stage};
    }
    return Call.pending(call -> guarded(end(key, loadOf(begun), terms, call, false)));
  }

  /** No dispatcher stands before what comes later. */
  private UnaryOperator<@Nullable Throwable> guarded(UnaryOperator<@Nullable Throwable> end) {
    return thrown -> {
      try {
        return end.apply(thrown);
      } catch (Throwable t) {
        errors.record("the end of an application's load", t);
        return thrown;
      }
    };
  }

  private @Nullable UnaryOperator<@Nullable Throwable> set(Arguments arguments) {
    Written written = cache.set(key(arguments), arguments.value(3), terms(arguments, 4));
    await(written, arguments.has(6));
    return null;
  }

  private @Nullable UnaryOperator<@Nullable Throwable> delete(Arguments arguments) {
    await(cache.delete(key(arguments)), arguments.has(3));
    return null;
  }

  private void await(Written written, boolean through) {
    if (through) {
      cache.await(written); // where it is late, it is written behind
    }
  }

  private UnaryOperator<@Nullable Throwable> invalidate(Arguments arguments, Call call) {
    List<String> tags = arguments.texts(1);
    List<String> patterns = keys.patterns(arguments.text(0), arguments.texts(2));
    Invalidation what = Invalidation.of(tags, patterns);
    CompletableFuture<Long> fromRedis = new CompletableFuture<>();
    long fromMemory =
        cache.invalidate(
            what,
            (task, otherwise) -> counted.run("an application's invalidation", task, otherwise),
            joined,
            fromRedis::complete);
    CompletableFuture<Long> both =
        cache.isShared()
            ? fromRedis.thenApply(count -> Math.max(fromMemory, count))
            : CompletableFuture.completedFuture(fromMemory);
    if (arguments.has(3)) {
      CompletableFuture<Long> later = arguments.future(3);
      CompletableFuture<?> unused = both.thenAccept(count -> complete(later, count));
      return UnaryOperator.identity();
    }
    return answer(call, asFarAsKnown(both, fromMemory));
  }

  private long asFarAsKnown(CompletableFuture<Long> count, long otherwise) {
    try {
      return count.get(budget.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise;
    } catch (ExecutionException | TimeoutException e) {
      return otherwise;
    }
  }
}
