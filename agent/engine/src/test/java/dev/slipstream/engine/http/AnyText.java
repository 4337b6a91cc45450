package dev.slipstream.engine.http;

import java.util.Random;

/** Texts that a hostile or broken client may send, from pieces that mean something to a parser. */
final class AnyText {
  /** What any of the parsers may trip over. */
  static final String[] HOSTILE = {
    "",
    " ",
    "\t",
    ",",
    ";",
    "=",
    "\"",
    "\\",
    ":",
    "%",
    "%2F",
    "%2e",
    "%zz",
    "/",
    ".",
    "..",
    "*",
    "~",
    "{",
    "}",
    "&",
    "?",
    "0",
    "-1",
    "99999999999999999999",
    "a",
    "W/",
    "\u00e9",
    "\u0660",
    "\u0000",
    "\r\n",
    "\uD83D",
    "\uD83D\uDE00",
    "\uFFFF"
  };

  private final Random random;
  private final String[] pieces;

  /** Texts of the parser's own pieces and of hostile ones. */
  AnyText(Random random, String... pieces) {
    this.random = random;
    this.pieces = pieces;
  }

  String next(int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      String[] from = random.nextInt(3) == 0 ? HOSTILE : pieces;
      text.append(from[random.nextInt(from.length)]);
    }
    return text.toString();
  }
}
