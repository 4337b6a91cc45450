package dev.slipstream.engine.app;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The arguments of an operation, as the API hands them over: types of the JDK alone. */
final class Arguments {
  private final @Nullable Object[] all;

  Arguments(@Nullable Object[] all) {
    this.all = all;
  }

  private Object required(int index) {
    return Objects.requireNonNull(all[index]);
  }

  String text(int index) {
    return (String) required(index);
  }

  @Nullable Type type(int index) {
    return (Type) all[index];
  }

  Object value(int index) {
    return required(index);
  }

  @Nullable Long number(int index) {
    return (Long) all[index];
  }

  List<String> texts(int index) {
    return List.of((String[]) required(index));
  }

  /** Whether there is one; an older API has fewer. */
  boolean has(int index) {
    return index < all.length && all[index] != null;
  }

  @SuppressWarnings("unchecked") // what the API completes it with
  <T> CompletableFuture<T> future(int index) {
    return (CompletableFuture<T>) required(index);
  }
}
