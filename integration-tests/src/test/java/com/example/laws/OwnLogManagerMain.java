package com.example.laws;

/** Chooses its log manager first of all, as servers do, and then starts. */
public final class OwnLogManagerMain {
  private OwnLogManagerMain() {}

  public static void main(String[] arguments) throws Exception {
    System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
    ProbeMain.main(arguments);
  }
}
