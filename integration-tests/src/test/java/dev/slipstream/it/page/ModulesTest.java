package dev.slipstream.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of the dashboard that know no page, as the browser has them. */
final class ModulesTest {
  @TempDir private static Path folder;

  private static Chromium chromium;
  private static JarProcess console;
  private static Page tab;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    console = Stage.startConsole(folder, 0, "nobody=127.0.0.1:1");
    tab = chromium.tab(console.url());
    tab.navigate(console.url() + "/app/icon.svg");
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (console != null) {
      console.close();
    }
  }

  /** Calls a function of a module. */
  private static Object call(String module, String function, Object... arguments) {
    return tab.evaluate(
        """
        async ([module, name, args]) => (await import('/app/' + module + '.js'))[name](...args)""",
        List.of(module, function, List.of(arguments)));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          share     | 0.8312   | 83.1 %
          share     | 1        | 100 %
          share     | 0.99951  | > 99.9 %
          share     | 0        | 0 %
          share     | 0.00001  | < 0.01 %
          share     | 0.0042   | 0.42 %
          millis    | 0.42     | 0.42 ms
          millis    | 412.7    | 413 ms
          millis    | 4200     | 4.20 s
          millis    | 61000    | 1 min 1 s
          duration  | 90061000 | 1 d 1 h
          duration  | 0        | 0 s
          bytes     | 1023     | 1,023 B
          bytes     | 1048576  | 1 MiB
          bytes     | 1572864  | 1.50 MiB
          count     | 99999    | 99,999
          count     | 1234567  | 1.23 M
          perSecond | 41.25    | 41 /s
          """,
      delimiter = '|')
  void number_hasItsUnit(String function, double value, String first) {
    assertThat(((String) call("format", function, value)).replace('\u202f', ' ')).isEqualTo(first);
  }

  @Test
  void text_thatASpreadsheetWouldRun_isMadeText() {
    assertThat(call("csv", "csv", List.of("key", "n"), List.of(List.of("=1+1", -2))))
        .isEqualTo("key,n\r\n'=1+1,-2\r\n");
    for (String text : List.of("+1", "-1", "@x", "\tx", " =1", "＝1")) {
      assertThat((String) call("csv", "field", text)).as(text).contains("'" + text);
    }
    assertThat(call("csv", "field", "a \"b\", c")).isEqualTo("\"a \"\"b\"\", c\"");
    assertThat(call("csv", "field", "a\nb")).isEqualTo("\"a\nb\"");
  }

  @Test
  void rows_withoutAValue_areLastInEitherDirection() {
    String sort =
        """
        async down => (await import('/app/sort.js'))
            .sorted([null, 10, 9, undefined, 2], value => value, down).slice(0, 3)""";
    assertThat(tab.evaluate(sort, false)).isEqualTo(List.of(2, 9, 10));
    assertThat(tab.evaluate(sort, true)).isEqualTo(List.of(10, 9, 2));
  }

  @Test
  void keys_areATreeByTheirColons_singleGroupsInOneLine() {
    Object tree =
        call(
            "tree",
            "tree",
            List.of(
                Map.of("key", "p:r:GET:/a:x", "size_bytes", 2),
                Map.of("key", "p:r:GET:/a:y", "size_bytes", 3),
                Map.of("key", "p:r:POST:/b:z")));
    assertThat(tree)
        .extracting("groups")
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Object.class))
        .singleElement()
        .extracting("name", "count", "bytes", "entries")
        .containsExactly(
            "p:r",
            3,
            5,
            List.of(Map.of("name", "POST:/b:z", "entry", Map.of("key", "p:r:POST:/b:z"))));
  }

  @Test
  void difference_keepsWhatIsTheSame_andNamesTheRest() {
    assertThat(call("diff", "diff", "a\nb\nc\n", "a\nx\nc\nd\n"))
        .isEqualTo(
            List.of(
                Map.of("kind", "same", "text", "a"),
                Map.of("kind", "removed", "text", "b"),
                Map.of("kind", "added", "text", "x"),
                Map.of("kind", "same", "text", "c"),
                Map.of("kind", "added", "text", "d")));
    assertThat(call("diff", "diff", "", "a"))
        .isEqualTo(List.of(Map.of("kind", "added", "text", "a")));
  }

  @Test
  void event_isReadHoweverItsTextIsCut() {
    Object events =
        tab.evaluate(
            """
            async () => {
              const { EventParser } = await import('/app/events.js');
              const text = ': beat\\n\\nevent: sample\\r\\ndata: {"a":\\r\\ndata: 1}\\r\\n\\r\\ndata: 2\\n\\n';
              const runs = [1, 2, 3, 7, text.length].map((size) => {
                const seen = [];
                const parser = new EventParser((name, data) => seen.push(name + '=' + data));
                for (let i = 0; i < text.length; i += size) parser.push(text.slice(i, i + size));
                return seen.join('|');
              });
              return [...new Set(runs)];
            }""");
    assertThat(events).isEqualTo(List.of("sample={\"a\":\n1}|message=2"));
  }

  @Test
  void points_areKeptOnce_andAGapIsNoLine() {
    Object columns =
        tab.evaluate(
            """
            async () => {
              const { Series, columns } = await import('/app/series.js');
              const series = new Series();
              series.add([{ t: 3000, v: 3 }, { t: 1000, v: 1 }]);
              series.add([{ t: 2000, v: 2 }, { t: 3000, v: 4 }, { t: 9000, v: 9 }]);
              return columns(series.points, ['v']);
            }""");
    assertThat(columns).asString().isEqualTo("[[1, 2, 3, 4, 9], [1, 2, 4, null, 9]]");
  }

  @Test
  void headline_saysWhatIsWrongFirst() {
    Map<String, Object> up = Map.of("name", "a", "status", "up");
    Map<String, Object> gone = Map.of("name", "b", "status", "gone");
    Map<String, Object> point = Map.of("hit_rate", 0.83, "saved_ms_per_second", 4200);
    Map<String, Object> quiet = Map.of("requests_per_second", 0);
    assertThat(headline(point, List.of(up)))
        .isEqualTo(
            "Healthy. The cache answers 83.0 % of cacheable requests and saves 4.20 s of backend"
                + " time each second.");
    assertThat(headline(point, List.of(up, gone))).startsWith("Degraded. ").endsWith("b has gone.");
    assertThat(headline(point, List.of(gone))).isEqualTo("Down. The gateway b has gone.");
    assertThat(headline(quiet, List.of(up))).startsWith("Idle. There were no requests");
    assertThat(headline(Map.of(), List.of(up))).isEqualTo("Idle. Nothing was measured yet.");
    assertThat(headline(Map.of("hit_rate", 0.5, "error_rate", 0.2), List.of(up)))
        .startsWith("Failing. 20.0 % of requests fail");
    assertThat(headline(Map.of(), List.of())).startsWith("No gateway. ");
  }

  private static String headline(Object point, Object targets) {
    String said =
        (String)
            tab.evaluate(
                """
                async ([point, targets]) => {
                  const { overview } = await import('/app/verdicts.js');
                  const { word, sentence, details } = overview({ point, targets, active: [] });
                  return [word, sentence, ...(targets.length > 0 ? details : [])].join(' ');
                }""",
                List.of(point, targets));
    return said.replace('\u202f', ' ');
  }
}
