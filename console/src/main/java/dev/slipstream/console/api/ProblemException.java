package dev.slipstream.console.api;

/** Ends a request with a problem. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.title(), null, false, false);
    this.problem = problem;
  }

  static ProblemException invalid(String detail) {
    return new ProblemException(Problem.invalid(detail));
  }

  Problem problem() {
    return problem;
  }
}
