package com.example.resources;

/** What a resource throws for {@link ProblemMapper} to answer. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  Problem(String message) {
    super(message);
  }
}
