package com.example.startup;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An application that the agent has nothing to do with: says hello, lives as many milliseconds as
 * it is told to, and then waits for its input to end, so that it can be measured.
 */
public final class HelloMain {
  private HelloMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.out.println("Hello, world");
    boolean unused =
        new CountDownLatch(1).await(Integer.parseInt(arguments[0]), TimeUnit.MILLISECONDS);
    System.out.println("PORT=0");
    while (System.in.read() >= 0) {
      // Nothing is sent.
    }
  }
}
