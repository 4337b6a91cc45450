package org.slf4j;

import org.jspecify.annotations.Nullable;

/** Where VegasLimit gets its logger. */
public final class LoggerFactory {
  private static final Logger NONE =
      new Logger() {
        @Override
        public boolean isDebugEnabled() {
          return false;
        }

        @Override
        public void debug(String format, @Nullable Object argument) {}

        @Override
        public void debug(String format, @Nullable Object... arguments) {}

        @Override
        public void warn(String format, @Nullable Object first, @Nullable Object second) {}
      };

  private LoggerFactory() {}

  /** A logger that does nothing. */
  public static Logger getLogger(Class<?> named) {
    return NONE;
  }
}
