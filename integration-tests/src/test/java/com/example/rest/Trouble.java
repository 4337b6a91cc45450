package com.example.rest;

/** Something that the application has a mapper for. */
public final class Trouble extends RuntimeException {
  private static final long serialVersionUID = 1;

  Trouble(String message) {
    super(message);
  }
}
