package dev.slipstream.it.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of Markdown as GitHub reads it: fenced blocks, headings with their anchors, links. */
final class MarkdownPage {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");
  private static final Pattern LINK = Pattern.compile("(?<!\\\\)\\]\\(([^)\\s]+)\\)");

  private final Path file;
  private final String text;

  private MarkdownPage(Path file) {
    this.file = file;
    try {
      this.text = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static MarkdownPage of(String name) {
    return new MarkdownPage(ROOT.resolve(name));
  }

  /** All pages of the repository. */
  static Stream<MarkdownPage> all() throws IOException {
    List<MarkdownPage> pages = new ArrayList<>();
    for (String folder : List.of("", "docs", "docs/decisions", "deploy")) {
      if (Files.isDirectory(ROOT.resolve(folder))) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
          files
              .filter(name -> name.toString().endsWith(".md"))
              .sorted()
              .forEach(name -> pages.add(new MarkdownPage(name)));
        }
      }
    }
    return pages.stream();
  }

  Path file() {
    return file;
  }

  String text() {
    return text;
  }

  int lines() {
    return (int) text.lines().count();
  }

  /** What is fenced, in order. */
  List<Block> blocks() {
    return fenced(text);
  }

  /** What is fenced below a heading of the second level. */
  List<Block> blocks(String heading) {
    String head = "\n## " + heading + "\n";
    int from = text.indexOf(head);
    if (from < 0) {
      throw new AssertionError(file + " has no heading " + heading);
    }
    int to = text.indexOf("\n## ", from + head.length());
    return fenced(text.substring(from, to < 0 ? text.length() : to));
  }

  private static List<Block> fenced(String text) {
    return FENCE.matcher(text).results().map(m -> new Block(m.group(1), m.group(2))).toList();
  }

  /** Where links of the page lead to, as written. */
  List<String> links() {
    String withoutCode = FENCE.matcher(text).replaceAll("").replaceAll("`[^`\n]*`", "``");
    return LINK.matcher(withoutCode).results().map(m -> m.group(1)).toList();
  }

  /** What stands in single backquotes. */
  List<String> codes() {
    return Pattern.compile("`([^`\n]+)`")
        .matcher(FENCE.matcher(text).replaceAll(""))
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  Set<String> anchors() {
    Set<String> anchors = new LinkedHashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    Matcher heading = HEADING.matcher(FENCE.matcher(text).replaceAll(""));
    while (heading.find()) {
      String anchor = anchor(heading.group(1));
      int before = seen.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }

  private static String anchor(String heading) {
    String words = heading.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1");
    return words
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
        .replace(' ', '-');
  }

  @Override
  public String toString() {
    return ROOT.relativize(file).toString();
  }

  /** A fenced block. */
  record Block(String language, String text) {
    List<String> lines() {
      return Arrays.asList(text.split("\n"));
    }
  }
}
