package dev.slipstream.engine.http;

/**
 * Values that many stored answers have alike: names of fields, content types, lifetimes. One object
 * stands for all equal ones, which saves a tenth of what a small answer takes in the heap.
 *
 * <p>Bounded: each value has one place by its hash, and the latest to come there keeps it. Written
 * and read without care by any thread: what is lost is not shared.
 *
 * @param <T> immutable, with final fields alone
 */
final class Common<T> {
  private static final int PLACES = 1_024;

  private final Object[] values = new Object[PLACES];

  /** An equal value, which others have as well. */
  @SuppressWarnings("unchecked") // nothing else is kept
  T of(T value) {
    int hash = value.hashCode();
    int place = (hash ^ hash >>> 16) & (PLACES - 1);
    Object there = values[place];
    if (value.equals(there)) {
      return (T) there;
    }
    values[place] = value;
    return value;
  }
}
