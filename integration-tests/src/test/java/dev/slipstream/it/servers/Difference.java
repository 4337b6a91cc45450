package dev.slipstream.it.servers;

import dev.slipstream.it.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** What a client could tell two answers apart by. */
final class Difference {
  private static final List<String> COMPARED =
      List.of(
          "Content-Type",
          "Content-Encoding",
          "Cache-Control",
          "ETag",
          "Vary",
          "Location",
          "Allow",
          "WWW-Authenticate",
          "Set-Cookie");

  /** The time at which a file was unpacked, in its entity tag. */
  private static final Pattern UNPACKED = Pattern.compile("-\\d{13}\\b");

  /** How deep a stack is depends on which of its threads a server takes. */
  private static final Pattern STACK = Pattern.compile("(\\s+at [\\w.$/@<>-]+\\([^)\\n]*\\))+");

  private Difference() {}

  static List<String> between(Answer expected, Answer actual) {
    List<String> found = new ArrayList<>();
    compare(found, actual, "status", expected.statusLine(), actual.statusLine());
    for (String name : COMPARED) {
      if (name.equals("Vary") && actual.isHit() && actual.request().startsWith("HEAD ")) {
        continue; // as GET has it, which not every server says of HEAD
      }
      compare(found, actual, name, values(expected, name), values(actual, name));
    }
    compare(found, actual, "length as announced", expected.complete(), actual.complete());
    String body = decoded(expected);
    String other = decoded(actual);
    if (!body.equals(other)) {
      found.add(actual.request() + ": body of " + excerpt(other) + " instead of " + excerpt(body));
    }
    return found;
  }

  private static void compare(
      List<String> found, Answer actual, String what, Object expected, Object other) {
    if (!expected.equals(other)) {
      found.add(actual.request() + ": " + what + " " + other + " instead of " + expected);
    }
  }

  private static List<String> values(Answer answer, String name) {
    return answer.values(name).stream()
        .map(value -> value.replace(" ", "").toLowerCase(Locale.ROOT))
        .map(value -> value.replaceAll("jsessionid=[^;]+", "jsessionid="))
        .map(value -> UNPACKED.matcher(value).replaceAll("-time"))
        .toList();
  }

  private static String decoded(Answer answer) {
    return STACK.matcher(plain(answer)).replaceAll(" at");
  }

  private static String plain(Answer answer) {
    if (!answer.values("Content-Encoding").contains("gzip") || answer.body().isEmpty()) {
      return answer.body();
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(answer.bytes()))) {
      return new String(gzip.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "no gzip: " + answer.body();
    }
  }

  private static String excerpt(String body) {
    int length = body.length();
    return length <= 300
        ? length + " \"" + body + "\""
        : length + " \"" + body.substring(0, 200) + "..." + body.substring(length - 60) + "\"";
  }
}
