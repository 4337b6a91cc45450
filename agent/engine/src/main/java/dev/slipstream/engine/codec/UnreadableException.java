package dev.slipstream.engine.codec;

/** Says on the way out of a codec why bytes are no entry. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1;

  private final Unreadable cause;

  UnreadableException(Unreadable cause) {
    super(cause.name(), null, false, false); // one for each bad entry: no stack trace to fill in
    this.cause = cause;
  }

  Unreadable unreadable() {
    return cause;
  }
}
