package dev.slipstream.console.api;

/** Text of a client's that goes to a gateway and its log. */
final class Texts {
  private Texts() {}

  /**
   * The text itself.
   *
   * @throws ProblemException if it is too long or has characters that could forge a log line
   */
  static String checked(String what, String text, int longest) {
    if (text.length() > longest) {
      throw ProblemException.invalid(what + " is longer than " + longest + " characters");
    }
    if (text.chars().anyMatch(Texts::isUnprintable)) {
      throw ProblemException.invalid(what + " has a control character");
    }
    return text;
  }

  private static boolean isUnprintable(int character) {
    return Character.isISOControl(character) || character == '\u2028' || character == '\u2029';
  }
}
