package dev.slipstream.api;

import org.jspecify.annotations.Nullable;

/**
 * Makes a value that no cache has.
 *
 * @param <V> the type of the value
 * @param <E> what making it may throw
 */
@FunctionalInterface
public interface Loader<V extends @Nullable Object, E extends Exception> {
  /** Makes the value; null is given to the caller and not stored. */
  V load() throws E;
}
