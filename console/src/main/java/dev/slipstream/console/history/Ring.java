package dev.slipstream.console.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The latest values of some figures, each at the same times. Not thread-safe.
 *
 * <p>A point takes 8 bytes and 4 for each figure; memory grows with the points up to the capacity.
 *
 * @param <F> the figures
 */
final class Ring<F extends Enum<F>> {
  private static final int FIRST = 64;

  private final Map<F, float[]> values;
  private final int capacity;
  private long[] times;
  private int size;
  private int next;

  Ring(Class<F> figures, int capacity) {
    this.capacity = capacity;
    this.times = new long[Math.min(FIRST, capacity)];
    this.values = new EnumMap<>(figures);
    for (F figure : figures.getEnumConstants()) {
      values.put(figure, new float[times.length]);
    }
  }

  /** Adds a point; what is null or missing is not known. */
  void add(long atMillis, Map<F, @Nullable Double> point) {
    if (size == times.length && size < capacity) {
      grow();
    }
    times[next] = atMillis;
    values.forEach(
        (figure, column) -> {
          Double value = point.get(figure);
          column[next] = value == null ? Float.NaN : value.floatValue();
        });
    next = (next + 1) % times.length;
    size = Math.min(size + 1, times.length);
  }

  /** Only before it has gone round for the first time. */
  private void grow() {
    int length = Math.min(capacity, times.length * 2);
    next = size;
    times = Arrays.copyOf(times, length);
    values.replaceAll((figure, column) -> Arrays.copyOf(column, length));
  }

  /** When the last point was added; null before. */
  @Nullable Long last() {
    return size == 0 ? null : Long.valueOf(times[(next + times.length - 1) % times.length]);
  }

  /** The points since a time, the oldest first, each by name with its time as {@code t}. */
  List<Map<String, @Nullable Number>> since(long fromMillis) {
    List<Map<String, @Nullable Number>> points = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int at = (next - size + i + times.length) % times.length;
      if (times[at] >= fromMillis) {
        points.add(point(at));
      }
    }
    return points;
  }

  private Map<String, @Nullable Number> point(int at) {
    Map<String, @Nullable Number> point = new LinkedHashMap<>();
    point.put("t", times[at]);
    values.forEach((figure, column) -> point.put(Figure.label(figure), exact(column[at])));
    return point;
  }

  /** The shortest decimal number that is this one. */
  private static @Nullable Double exact(float value) {
    return Float.isNaN(value) ? null : Double.valueOf(Float.toString(value));
  }

  /** The greatest value of a figure since a time; null where there is none. */
  @Nullable Double greatest(F figure, long fromMillis) {
    float[] column = Objects.requireNonNull(values.get(figure));
    float greatest = Float.NaN;
    for (int i = 0; i < size; i++) {
      float value = column[i];
      if (times[i] >= fromMillis && !(value <= greatest) && !Float.isNaN(value)) {
        greatest = value;
      }
    }
    return exact(greatest);
  }

  /** Bytes of all numbers that are kept. */
  int bytes() {
    return times.length * (Long.BYTES + Float.BYTES * values.size());
  }
}
