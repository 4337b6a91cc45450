package dev.slipstream.engine.redis;

import java.io.IOException;
import java.net.Socket;

/** Closing where nobody can do anything about a failure. */
final class Quietly {
  private Quietly() {}

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return;
    }
  }
}
