package org.slf4j;

import org.jspecify.annotations.Nullable;

/** What VegasLimit logs with. */
public interface Logger {
  /** Whether anybody reads what is logged. */
  boolean isDebugEnabled();

  /** Logs. */
  void debug(String format, @Nullable Object argument);

  /** Logs. */
  void debug(String format, @Nullable Object... arguments);

  /** Logs. */
  void warn(String format, @Nullable Object first, @Nullable Object second);
}
