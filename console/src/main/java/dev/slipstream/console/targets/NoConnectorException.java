package dev.slipstream.console.targets;

import java.io.IOException;

/** An RMI registry answers and knows no JMX connector. */
final class NoConnectorException extends IOException {
  private static final long serialVersionUID = 1L;

  NoConnectorException(String message) {
    super(message);
  }
}
