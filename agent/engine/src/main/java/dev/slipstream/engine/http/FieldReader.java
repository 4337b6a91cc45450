package dev.slipstream.engine.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What header fields are read from; names are compared without case. */
public interface FieldReader {
  /** The first value of a field, or null. */
  @Nullable String field(String name);

  /** Every value of a field, in order; empty where it is absent. */
  List<String> all(String name);
}
