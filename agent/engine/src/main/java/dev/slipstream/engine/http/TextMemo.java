package dev.slipstream.engine.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was made of texts lately, where few different ones come again and again: field lines, names.
 *
 * <p>Bounded: each text has one place by its hash, the latest to come there keeps it, and long ones
 * are not kept. Written and read without care by any thread: what is lost is made anew.
 *
 * @param <V> immutable, with final fields alone
 */
final class TextMemo<V> {
  private static final int PLACES = 256;

  private final Function<String, V> make;
  private final int longest;
  private final @Nullable Object[] places = new Object[PLACES];

  private record Made<V>(String text, V value) {}

  /**
   * Makes an empty one.
   *
   * @param longest the most characters of a text that is kept
   */
  TextMemo(int longest, Function<String, V> make) {
    this.longest = longest;
    this.make = make;
  }

  V of(String text) {
    int hash = text.hashCode();
    int place = (hash ^ hash >>> 16) & (PLACES - 1);
    if (places[place] instanceof Made<?> made && made.text().equals(text)) {
      @SuppressWarnings("unchecked") // nothing else is kept
      V value = (V) made.value();
      return value;
    }
    V value = make.apply(text);
    if (text.length() <= longest) {
      places[place] = new Made<>(text, value);
    }
    return value;
  }
}
