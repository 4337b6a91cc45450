package com.example.gateway;

import java.io.IOException;

/** What a gateway tells the test that started it, and how it hears from it. */
public final class Announcement {
  private Announcement() {}

  /** Prints the port, then waits until standard input ends: until the test ends, even killed. */
  public static void serve(int port) throws IOException {
    System.out.println("PORT=" + port);
    while (System.in.read() >= 0) {
      // The test sends nothing.
    }
  }
}
