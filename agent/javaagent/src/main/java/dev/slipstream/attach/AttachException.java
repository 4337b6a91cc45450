package dev.slipstream.attach;

/** Why something could not be done to a process, in words for the one who asked. */
final class AttachException extends Exception {
  private static final long serialVersionUID = 1;

  AttachException(String message) {
    super(message);
  }
}
