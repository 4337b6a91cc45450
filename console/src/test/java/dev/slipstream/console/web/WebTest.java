package dev.slipstream.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.console.fake.Api;
import dev.slipstream.console.fake.FakeConsole;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebTest {
  private static final List<String> FILES = Web.FILES;
  private static final Path FOLDER =
      Path.of("src", "main", "resources", "dev", "slipstream", "console", "web");

  /** What makes markup or code of a text, and what the page's policy forbids anyway. */
  private static final Pattern DANGEROUS =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function"
              + "|srcdoc|javascript:|'style'|cssText|DOMParser|createContextualFragment");

  private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"#]+)\"");
  private static final Pattern IMPORT = Pattern.compile("from '([^']+)'");

  private static FakeConsole console;
  private static Api api;

  @BeforeAll
  static void start() {
    console = FakeConsole.reading();
    api = console.api();
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private static String path(String file) {
    return file.equals("index.html") ? "/" : "/" + file;
  }

  @Test
  void list_isWhatTheFolderHas() throws Exception {
    try (Stream<Path> all = Files.walk(FOLDER)) {
      assertThat(all.filter(Files::isRegularFile).map(file -> FOLDER.relativize(file).toString()))
          .containsExactlyInAnyOrderElementsOf(FILES);
    }
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void file_isServedUnderThePagesPolicy(String file) throws Exception {
    Api.Answer answer = api.get(path(file));
    assertThat(answer.status()).isEqualTo(200);
    byte[] there = Files.readAllBytes(FOLDER.resolve(file));
    assertThat(Arrays.equals(answer.response().body(), there)).as("the file's bytes").isTrue();
    assertThat(answer.field("Content-Security-Policy")).contains("script-src 'self';");
    assertThat(answer.field("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.field("Cache-Control")).isEqualTo("no-cache");
    assertThat(answer.field("Content-Type"))
        .isIn(
            file.endsWith(".js")
                ? List.of("text/javascript;charset=utf-8", "text/javascript; charset=utf-8")
                : List.of(
                    "text/html; charset=utf-8",
                    "text/html;charset=utf-8",
                    "text/css; charset=utf-8",
                    "text/css;charset=utf-8",
                    "text/plain; charset=utf-8",
                    "text/plain;charset=utf-8",
                    "image/svg+xml"));
  }

  @Test
  void knownFile_isNotSentAgain() throws Exception {
    String tag = api.get("/app/main.js").field("ETag");
    Api.Answer again = api.get("/app/main.js", "If-None-Match", "\"other\", " + tag);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.response().body()).isEmpty();
    assertThat(again.field("ETag")).isEqualTo(tag);
    assertThat(api.get("/app/csv.js", "If-None-Match", tag).status()).isEqualTo(200);
    assertThat(api.get("/app/csv.js", "If-None-Match", "*").status()).isEqualTo(304);
  }

  @Test
  void head_hasNoBody() throws Exception {
    Api.Answer answer = api.send("HEAD", "/", BodyPublishers.noBody());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response().body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app",
        "/app/",
        "/index.html",
        "/app/missing.js",
        "/app/pages",
        "/web/Web.class",
        "/app/%2e%2e/%2e%2e/api/Json.class",
        "/app/..%2fWeb.class",
        "/app//main.js",
        "/vendor/../app/main.js%00",
      })
  void anythingElse_isNotThere(String path) throws Exception {
    assertThat(api.get(path).status()).isBetween(400, 404);
  }

  @Test
  void markup_namesWhatThereIs_andHasNoScriptOrStyleOfItsOwn() throws Exception {
    String index = Files.readString(FOLDER.resolve("index.html"));
    assertThat(index).doesNotContainPattern("<script(?![^>]*src=)|<style|style=|\\son\\w+=");
    assertThat(found(REFERENCE, index).filter(name -> !name.startsWith("api/")))
        .isNotEmpty()
        .isSubsetOf(FILES);
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void script_makesNoMarkupOfTexts_andImportsWhatThereIs(String file) throws Exception {
    String text = Files.readString(FOLDER.resolve(file), UTF_8);
    if (!file.endsWith(".js") || file.startsWith("vendor/")) {
      assertThat(text).doesNotContain("@import", "http://e", "//cdn");
      return;
    }
    assertThat(text).doesNotContainPattern(DANGEROUS);
    Path folder = FOLDER.resolve(file).getParent();
    assertThat(
            found(IMPORT, text)
                .map(name -> FOLDER.relativize(folder.resolve(name).normalize()).toString()))
        .isSubsetOf(FILES);
  }

  private static Stream<String> found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.results().map(result -> result.group(1));
  }
}
