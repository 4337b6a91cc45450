package dev.slipstream.console.merge;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A mean in which each value counts as often as it weighs. */
public final class Weighted {
  private double sum;
  private double weights;
  private double plainSum;
  private int count;

  /** The mean of what is known of each, weighted; null where nothing is known. */
  public static <T> @Nullable Double mean(
      Collection<? extends T> all,
      Function<T, @Nullable Double> value,
      Function<T, ? extends @Nullable Number> weight) {
    Weighted mean = new Weighted();
    for (T one : all) {
      Number heavy = weight.apply(one);
      mean.add(value.apply(one), heavy == null ? 0 : heavy.doubleValue());
    }
    return mean.value();
  }

  /** Adds a value; null is none. */
  public void add(@Nullable Double value, double weight) {
    if (value != null) {
      sum += value * weight;
      weights += weight;
      plainSum += value;
      count++;
    }
  }

  /** The mean; that of values without any weight counts each once. Null without a value. */
  public @Nullable Double value() {
    if (count == 0) {
      return null;
    }
    return Double.valueOf(weights > 0 ? sum / weights : plainSum / count);
  }
}
