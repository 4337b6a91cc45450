package com.example.laws;

import java.io.IOException;

/** An application without a servlet that does nothing until its standard input ends. */
public final class IdleMain {
  private IdleMain() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("PORT=0");
    while (System.in.read() >= 0) {
      // The test sends nothing.
    }
  }
}
