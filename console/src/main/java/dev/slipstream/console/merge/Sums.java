package dev.slipstream.console.merge;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Sums and what is made of them. */
public final class Sums {
  private Sums() {}

  /** The sum of a count. */
  public static <T> long sum(Collection<T> all, ToLongFunction<? super T> value) {
    return all.stream().mapToLong(value).sum();
  }

  /** The sum of those that are known; null if none is. */
  public static <T> @Nullable Double known(
      Collection<T> all, Function<? super T, @Nullable Double> value) {
    Double sum = null;
    for (T one : all) {
      Double known = value.apply(one);
      if (known != null) {
        sum = sum == null ? known : Double.valueOf(sum + known);
      }
    }
    return sum;
  }

  /** The greatest of those that are known; null if none is. */
  public static <T> @Nullable Double greatest(
      Collection<T> all, Function<? super T, @Nullable Double> value) {
    return all.stream().map(value).filter(Objects::nonNull).max(Double::compare).orElse(null);
  }

  /** A part as a share of the whole, 0 to 1; null of nothing. */
  public static @Nullable Double share(long part, long whole) {
    return whole == 0 ? null : Double.valueOf((double) part / whole);
  }

  /** Counts by name, each added up. */
  public static <T> Map<String, Long> byName(
      Collection<? extends T> all, Function<T, Map<String, Long>> counts) {
    Map<String, Long> sums = new TreeMap<>();
    for (T one : all) {
      counts.apply(one).forEach((name, count) -> sums.merge(name, count, Long::sum));
    }
    return sums;
  }

  /** What all say, or {@code mixed} where they differ; null of nobody. */
  public static @Nullable String common(Collection<String> texts) {
    return switch ((int) texts.stream().distinct().count()) {
      case 0 -> null;
      case 1 -> texts.iterator().next();
      default -> "mixed";
    };
  }
}
