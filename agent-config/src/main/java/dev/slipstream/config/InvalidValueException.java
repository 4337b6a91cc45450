package dev.slipstream.config;

/** Thrown when a text is no value of its type; the message says why and never repeats the text. */
public final class InvalidValueException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param what why, to be read after the value: {@code is not a duration}
   */
  public InvalidValueException(String what) {
    super(what);
  }

  /** Returns why, to be read after the value: {@code is not a duration}. */
  public String what() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
