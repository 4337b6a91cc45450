package dev.slipstream.config;

/** Tokens of RFC 9110, section 5.6.2. */
final class Tokens {

  private Tokens() {}

  /** Returns whether the text is a token. */
  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(Tokens::isTokenCharacter);
  }

  private static boolean isTokenCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
