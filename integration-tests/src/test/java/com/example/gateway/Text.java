package com.example.gateway;

import java.nio.charset.StandardCharsets;

/** Bodies that several scenarios send. */
final class Text {
  static final String PLAIN = "Answer from the application\n";

  /** Letters that every charset in use here can write, each in bytes of its own. */
  static final String ACCENTED = "Grüße, señor: àéîõü ÄÖÜ ß\n";

  private Text() {}

  /** 300 KB in which no two blocks are alike, so that a lost or repeated block shows. */
  static String large() {
    StringBuilder text = new StringBuilder(310_000);
    for (int line = 0; text.length() < 300 * 1024; line++) {
      text.append("line ").append(line).append(" of a large body, number ").append(line * 31);
      text.append('\n');
    }
    return text.toString();
  }

  static byte[] largeBytes() {
    return large().getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
