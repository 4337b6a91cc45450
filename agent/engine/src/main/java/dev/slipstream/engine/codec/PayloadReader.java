package dev.slipstream.engine.codec;

import java.io.DataInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value of a frame's payload.
 *
 * @param <T> the value
 */
@FunctionalInterface
public interface PayloadReader<T> {
  /**
   * The value, or null where the kind is none that the reader knows. What it throws, but for
   * errors, says that the payload is damaged. A length that the payload states is to be held to
   * what {@code in.available()} says before anything of that size is made.
   */
  @Nullable T read(Kind kind, DataInputStream in) throws IOException;
}
