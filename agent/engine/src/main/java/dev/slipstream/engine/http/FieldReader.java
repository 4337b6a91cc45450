package dev.slipstream.engine.http;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What header fields are read from; names are compared without case. */
public interface FieldReader {
  /** The first value of a field, or null. */
  @Nullable String field(String name);

  /** Every value of a field, in order; empty where it is absent. */
  List<String> all(String name);

  /** Whether any value of a field passes a test. */
  default boolean any(String name, Predicate<String> test) {
    List<String> all = all(name);
    for (int i = 0; i < all.size(); i++) {
      if (test.test(all.get(i))) {
        return true;
      }
    }
    return false;
  }
}
