package dev.slipstream.config.rules;

import dev.slipstream.config.InvalidValueException;

/** Reads a path pattern into a nondeterministic automaton. */
final class PatternParser {

  private static final int LONGEST_PATTERN = 256;
  private static final String WILDCARDS = "*?{}";

  private final String text;
  private final PatternAutomaton automaton = new PatternAutomaton();
  private int position;

  private PatternParser(String text, int position) {
    this.text = text;
    this.position = position;
  }

  /** Returns how many characters at the beginning stand for themselves. */
  static int literalPrefixLength(String text) {
    int length = 0;
    while (length < text.length() && WILDCARDS.indexOf(text.charAt(length)) < 0) {
      length++;
    }
    return length;
  }

  /** Returns the automaton of the text from the position on. */
  static PatternAutomaton parse(String text, int position) throws InvalidValueException {
    checkWhole(text);
    PatternParser parser = new PatternParser(text, position);
    while (parser.position < text.length()) {
      if (text.charAt(parser.position) == '{') {
        parser.addAlternatives();
      } else {
        parser.addOne();
      }
    }
    parser.automaton.accept();
    return parser.automaton;
  }

  private static void checkWhole(String text) throws InvalidValueException {
    if (text.isEmpty() || "/*{".indexOf(text.charAt(0)) < 0) {
      throw new InvalidValueException("does not begin with \"/\"");
    }
    if (text.length() > LONGEST_PATTERN) {
      throw new InvalidValueException("is longer than " + LONGEST_PATTERN + " characters");
    }
    if (text.chars().anyMatch(c -> c <= ' ' || Character.isISOControl(c))) {
      throw new InvalidValueException("has a blank or control character");
    }
  }

  /** Adds the wildcard or literal at the position and goes past it. */
  private void addOne() throws InvalidValueException {
    char c = text.charAt(position++);
    switch (c) {
      case '*' -> {
        int stars = 1;
        while (position < text.length() && text.charAt(position) == '*') {
          position++;
          stars++;
        }
        automaton.addStar(stars > 1 || position == text.length());
      }
      case '?' -> automaton.addAnyButSlash();
      case '}' -> throw new InvalidValueException("has a \"}\" without a \"{\"");
      default -> automaton.addLiteral(c);
    }
  }

  private void addAlternatives() throws InvalidValueException {
    position++;
    int fork = automaton.fork();
    boolean several = false;
    while (position < text.length() && text.charAt(position) != '}') {
      char c = text.charAt(position);
      if (c == '{') {
        throw new InvalidValueException("has a \"{\" inside a \"{\"");
      }
      if (c == ',') {
        position++;
        automaton.endAlternative();
        automaton.beginAlternative(fork);
        several = true;
      } else {
        addOne();
      }
    }
    if (position == text.length()) {
      throw new InvalidValueException("has a \"{\" without a \"}\"");
    }
    if (!several) {
      throw new InvalidValueException("has a \"{\" without a \",\" (for any segment write *)");
    }
    position++;
    automaton.endAlternative();
    automaton.join();
  }
}
