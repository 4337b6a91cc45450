package dev.slipstream.it.speed;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Something that asks a gateway as fast as it answers, on connections that it keeps. */
interface Client {
  int CONNECTIONS = 32;

  /**
   * Asks for so long.
   *
   * @param path with {@code /} at its end, one URL after the other
   * @param seed a part of these URLs
   * @param different how many URLs there are; 0 for no URL twice
   * @param field a field of each request; null for none
   * @throws IOException if any answer is another than the status, or does not come
   */
  Load run(
      int port,
      String path,
      String seed,
      int different,
      @Nullable String field,
      int status,
      int seconds)
      throws IOException;

  /**
   * What was asked.
   *
   * @param p99Micros of the time an answer took; NaN where that is not known
   */
  record Load(long requests, double seconds, double p99Micros) {
    double perSecond() {
      return requests / seconds;
    }
  }
}
