package dev.slipstream.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages name is there: files, headings, requests of the console, tests. */
final class PagesTest {
  private static final Path API =
      MarkdownPage.ROOT.resolve(
          "console/src/main/resources/dev/slipstream/console/api/openapi.yaml");
  private static final Pattern REQUEST = Pattern.compile("(/api/v1/[a-z][\\w/{}.-]*|/metrics\\b)");
  private static final Pattern TEST = Pattern.compile("[A-Z]\\w+Test");

  /** Paths of the sample gateway, and of the default rules for gateways. */
  private static final Pattern OF_GATEWAYS =
      Pattern.compile("/api/v1/(users|generate|services|alerts|metrics|search|health\\*).*");

  private static Set<String> tests = Set.of();

  @BeforeAll
  static void findTests() throws IOException {
    tests = sources();
  }

  static Stream<MarkdownPage> pages() throws IOException {
    return MarkdownPage.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void link_leadsSomewhere(MarkdownPage page) {
    List<String> broken = new ArrayList<>();
    for (String link : page.links()) {
      if (!link.matches("(https?|mailto):.*") && !isThere(page, link)) {
        broken.add(link);
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean isThere(MarkdownPage page, String link) {
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
    return Files.exists(target)
        && (parts.length == 1 || MarkdownPage.of(target.toString()).anchors().contains(parts[1]));
  }

  @Test
  void everyPage_isInTheIndex() throws IOException {
    Set<Path> listed = new HashSet<>();
    MarkdownPage index = MarkdownPage.of("docs/README.md");
    for (String link : index.links()) {
      listed.add(index.file().resolveSibling(link.split("#", 2)[0]).normalize());
    }
    try (Stream<Path> files = Files.walk(MarkdownPage.ROOT.resolve("docs"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".md")))
          .filteredOn(file -> !file.equals(index.file()))
          .allMatch(listed::contains);
    }
  }

  @Test
  void readme_isShort() {
    assertThat(MarkdownPage.of("README.md").lines()).isLessThan(150);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void requestOfTheConsole_isInItsDocument(MarkdownPage page) throws IOException {
    Set<Pattern> known = paths();
    Matcher request = REQUEST.matcher(page.text());
    List<String> unknown = new ArrayList<>();
    while (request.find()) {
      String path = request.group().replaceAll("[./]+$", "");
      if (!OF_GATEWAYS.matcher(path).matches()
          && known.stream().noneMatch(one -> one.matcher(path).matches())) {
        unknown.add(path);
      }
    }
    if (!page.toString().startsWith("docs/decisions")) {
      assertThat(unknown).isEmpty();
    }
  }

  /** What may be asked, and what a path begins with, as in {@code /api/v1/cache}. */
  private static Set<Pattern> paths() throws IOException {
    JsonNode document = new YAMLMapper().readTree(API.toFile());
    Set<Pattern> paths = new HashSet<>();
    document
        .path("paths")
        .fieldNames()
        .forEachRemaining(path -> paths.add(Pattern.compile(path.replaceAll("\\{\\w+}", "[^/]+"))));
    return paths;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void testThatIsNamed_isThere(MarkdownPage page) {
    assertThat(page.codes())
        .filteredOn(code -> TEST.matcher(code).matches())
        .allMatch(code -> tests.contains(code + ".java"));
  }

  private static Set<String> sources() throws IOException {
    Set<String> names = new HashSet<>();
    for (String module :
        List.of("agent", "agent-config", "console", "integration-tests/src", "release")) {
      Path root = MarkdownPage.ROOT.resolve(module);
      if (Files.isDirectory(root)) {
        try (Stream<Path> files = Files.walk(root)) {
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Test.java"))
              .forEach(names::add);
        }
      }
    }
    return names;
  }
}
