package com.example.laws;

import java.util.TreeSet;

/** An application without a servlet: prints its threads and the names of its properties. */
public final class TrivialMain {
  private TrivialMain() {}

  public static void main(String[] arguments) {
    System.out.println("Hello, world");
    Thread.getAllStackTraces().keySet().stream()
        .map(thread -> "thread " + thread.getName())
        .sorted()
        .forEach(System.out::println);
    new TreeSet<>(System.getProperties().stringPropertyNames())
        .forEach(name -> System.out.println("property " + name));
  }
}
