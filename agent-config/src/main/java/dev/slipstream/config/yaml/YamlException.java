package dev.slipstream.config.yaml;

/** Thrown when a file cannot be read as one YAML document; the message says why. */
public final class YamlException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String where;
  private final String accepted;

  YamlException(String where, String what, String accepted) {
    super(what);
    this.where = where;
    this.accepted = accepted;
  }

  /** Returns the file, with line and column where the error has a position. */
  public String where() {
    return where;
  }

  /** Returns what is wrong. */
  public String what() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** Returns what would have been accepted. */
  public String accepted() {
    return accepted;
  }
}
