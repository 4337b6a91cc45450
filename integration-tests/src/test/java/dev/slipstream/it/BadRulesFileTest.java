package dev.slipstream.it;

import static dev.slipstream.it.GatewayPairTest.assertHit;
import static dev.slipstream.it.GatewayPairTest.assertMiss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.JMException;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is wrong in a rules file that is edited while the gateway runs is said, a line for each with
 * its position, and the last good rules stay in force.
 *
 * <p>An edit is seen within two seconds, so several gateways are given theirs side by side.
 */
final class BadRulesFileTest {
  private static final int GATEWAYS = 4;
  private static final Path FOLDER = Path.of("target", "bad-rules");
  private static final String GOOD =
      "rules:\n  - {name: good, pattern: /jakarta/app/**, ttl: 5m}\n";
  private static final String REJECTED = "the whole file is rejected and the rules in force stay";
  private static final String READABLE = "accepted: a readable YAML file in UTF-8 of at most 1MB\n";
  private static final String YAML = "accepted: one well-formed YAML document\n";

  /** A scenario of the application that says nothing about its freshness. */
  private static final String BY_RULE_ONLY = "says-nothing";

  private static final List<Case> CASES = cases();
  private static final List<Editor> EDITORS = new ArrayList<>();
  private static final Map<Case, CompletableFuture<Outcome>> OUTCOMES = new LinkedHashMap<>();

  /** Puts something in the place of the rules file. */
  @FunctionalInterface
  private interface Edit {
    void apply(Path file) throws IOException;
  }

  /**
   * A bad file.
   *
   * @param problems what is said, without the file's name before it and the consequence after it
   */
  private record Case(String name, Edit edit, List<String> problems) {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * What came of it.
   *
   * @param warnings the agent's warnings since the edit, without time and file
   * @param reported the problems by JMX, without file
   * @param first the answer to a URL under the good rule
   * @param second the next one
   */
  private record Outcome(
      List<String> warnings, List<String> reported, Answer first, Answer second) {}

  private static Case text(String name, String text, String problems) {
    return bytes(name, text.getBytes(StandardCharsets.UTF_8), problems);
  }

  private static Case bytes(String name, byte[] bytes, String problems) {
    return edit(
        name,
        file -> {
          Path next = Files.write(file.resolveSibling("next.yaml"), bytes);
          Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        },
        problems);
  }

  private static Case edit(String name, Edit edit, String problems) {
    return new Case(name, edit, problems.lines().toList());
  }

  private static List<Case> cases() {
    return List.of(
        edit("no file", Files::delete, "the file does not exist; accepted: a readable YAML file\n"),
        edit(
            "a folder",
            file -> {
              Files.delete(file);
              Files.createDirectory(file);
            },
            "the file cannot be read; " + READABLE),
        edit(
            "a link to itself",
            file -> {
              Files.delete(file);
              Files.createSymbolicLink(file, file.getFileName());
            },
            "the file cannot be read; accepted: a readable YAML file\n"),
        bytes(
            "another charset",
            "rules: [] # für alle".getBytes(StandardCharsets.ISO_8859_1),
            "1:14: the file is not UTF-8; " + READABLE),
        bytes(
            "a program",
            new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0},
            "1:5: YAML syntax: a control character; " + YAML),
        text(
            "over 1 MB",
            "rules: []\n" + "#".repeat(1 << 20),
            "the file is larger than 1MB; " + READABLE),
        text(
            "deep nesting",
            "rules: " + "[".repeat(30) + "]".repeat(30),
            "1:27: nested too deeply; accepted: at most 20 levels\n"),
        text(
            "many aliases",
            "a: &a [1]\nb: [" + "*a, ".repeat(60) + "*a]",
            "too large or too many aliases; accepted: at most 1MB with at most 50 aliases\n"),
        text(
            "many rules",
            rules(1_001, "/a"),
            "2:3: rules: has more than 1000 rules; accepted: at most 1000\n"),
        text(
            "a long list",
            "rules:\n  - {name: a, pattern: /a, tags: ["
                + IntStream.range(0, 101).mapToObj(i -> "t" + i).collect(Collectors.joining(","))
                + "]}",
            "2:34: tags: has 101 entries; accepted: 1 to 100 entries\n"),
        text(
            "many mistakes",
            rules(22, "a"),
            IntStream.range(0, 20)
                    .mapToObj(
                        i ->
                            (i + 2)
                                + (i < 10 ? ":25" : ":26")
                                + ": pattern: \"a\" does not begin with \"/\"; accepted: a path such"
                                + " as /users/*, with *, **, ? and {a,b}\n")
                    .collect(Collectors.joining())
                + "2 more problems; accepted: see the first 20; they are not listed here\n"),
        text(
            "values of a rule",
            """
            rules:
              - {name: "", pattern: /a}
              - {name: a b, pattern: /a}
              - {name: c, pattern: ""}
              - {name: d, pattern: users}
              - {name: e, pattern: "/users/{id}"}
              - {name: f, pattern: "/users/{a,b"}
              - {name: g, pattern: "/users/a}"}
              - {name: h, pattern: "/users/{a,{b,c}}"}
              - {name: i, pattern: "/us ers"}
              - {name: j, pattern: /a, ttl: soon}
              - {name: k, pattern: /a, ttl: -5}
              - {name: l, pattern: /a, ttl: 0}
              - {name: m, pattern: /a, ttl: 400d}
              - {name: n, pattern: /a, ttl: }
              - {name: o, pattern: /a, statuses: [200, 99]}
              - {name: p, pattern: /a, statuses: [206]}
              - {name: q, pattern: /a, statuses: [ok]}
              - {name: r, pattern: /a, statuses: 200}
              - {name: s, pattern: /a, statuses: []}
            """,
            """
            2:12: name: "" is not a name; accepted: 1 to 64 letters, digits, "-", "_" and "."
            3:12: name: "a b" is not a name; accepted: 1 to 64 letters, digits, "-", "_" and "."
            4:24: pattern: "" does not begin with "/"; accepted: a path such as /users/*, with *, **, ? and {a,b}
            5:24: pattern: "users" does not begin with "/"; accepted: a path such as /users/*, with *, **, ? and {a,b}
            6:24: pattern: "/users/{id}" has a "{" without a "," (for any segment write *); accepted: a path such as /users/*, with *, **, ? and {a,b}
            7:24: pattern: "/users/{a,b" has a "{" without a "}"; accepted: a path such as /users/*, with *, **, ? and {a,b}
            8:24: pattern: "/users/a}" has a "}" without a "{"; accepted: a path such as /users/*, with *, **, ? and {a,b}
            9:24: pattern: "/users/{a,{b,c}}" has a "{" inside a "{"; accepted: a path such as /users/*, with *, **, ? and {a,b}
            10:24: pattern: "/us ers" has a blank or control character; accepted: a path such as /users/*, with *, **, ? and {a,b}
            11:33: ttl: "soon" is not a duration; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s)
            12:33: ttl: "-5" is not a duration; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s)
            13:33: ttl: "0" is out of bounds; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s)
            14:33: ttl: "400d" is out of bounds; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s)
            15:32: ttl: has no value; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s)
            16:44: statuses: "99" is out of bounds; accepted: 200 to 599, but 206 and 304
            17:39: statuses: "206" is only part of a response; accepted: 200 to 599, but 206 and 304
            18:39: statuses: "ok" is not a whole number; accepted: 200 to 599, but 206 and 304
            19:38: statuses: is not a list; accepted: a list, such as [a, b], of 200 to 599, but 206 and 304
            20:38: statuses: has 0 entries; accepted: 1 to 100 entries
            """),
        text(
            "more values of a rule",
            """
            rules:
              - {name: a, pattern: /a, methods: [GET, FETCH]}
              - {name: b, pattern: /a, methods: [POST]}
              - {name: c, pattern: /a, methods: [GET], cache_post: true}
              - {name: d, pattern: /a, cache_post: perhaps}
              - {name: e, pattern: /a, cache_authenticated: true, ignore_credentials: true}
              - {name: f, pattern: /a, vary_headers: [Accept Language]}
              - {name: g, pattern: /a, vary_headers: Accept-Language}
              - {name: h, pattern: /a, invalidate_on: ["GET /a"]}
              - {name: i, pattern: /a, invalidate_on: ["POST users"]}
              - {name: j, pattern: /a, tags: ["two words"]}
              - {name: k, pattern: /a, tags: [{red: 1}]}
              - {name: l, pattern: /a, origin: ignore}
              - {name: m, pattern: /a, ignore_query: ["a=b"]}
              - {name: n, pattern: /a, harmless_cookies: [""]}
              - {name: o, pattern: /a, max_body: 300MB}
              - {name: p, pattern: /a, max_body: large}
              - {name: q, pattern: /a, enabled: [true]}
              - {name: r, pattern: /a, enabled: {}}
              - {name: s, pattern: /a, never_stale: 2}
            """,
            """
            2:43: methods: "FETCH" is not a method for this; accepted: GET, HEAD and, with cache_post, POST
            3:37: methods: POST without cache_post: true; accepted: both or neither
            4:56: cache_post: true without POST in methods; accepted: both or neither
            5:40: cache_post: "perhaps" is not true or false; accepted: true or false
            6:75: ignore_credentials: true beside cache_authenticated: true; accepted: one of the two: an answer for each identity, or one for everyone
            7:43: vary_headers: "Accept Language" is not the name of a header field; accepted: names of header fields
            8:42: vary_headers: is not a list; accepted: a list, such as [a, b], of names of header fields
            9:44: invalidate_on: "GET /a" is not a method for this; accepted: a path pattern, or POST, PUT, PATCH or DELETE and a path pattern
            10:44: invalidate_on: "POST users" does not begin with "/"; accepted: a path pattern, or POST, PUT, PATCH or DELETE and a path pattern
            11:35: tags: "two words" is not a tag; accepted: 1 to 128 letters, digits, "-", "_", ".", ":" and "/"
            12:35: tags: is a map, not one value; accepted: 1 to 128 letters, digits, "-", "_", ".", ":" and "/"
            13:36: origin: "ignore" is not one of them; accepted: respect or override
            14:43: ignore_query: "a=b" is not a name or pattern; accepted: names, with * for any characters and ? for one
            15:47: harmless_cookies: "" is not a name or pattern; accepted: names, with * for any characters and ? for one
            16:38: max_body: "300MB" is out of bounds; accepted: 1B to 256MB, in B, KB, MB, GB (a plain number is in B)
            17:38: max_body: "large" is not a size; accepted: 1B to 256MB, in B, KB, MB, GB (a plain number is in B)
            18:37: enabled: is a list, not one value; accepted: true or false
            19:37: enabled: is a map, not one value; accepted: true or false
            20:41: never_stale: "2" is not true or false; accepted: true or false
            """),
        text(
            "keys of a rule",
            """
            rules:
              - name: users
                pattern: /users/*
                vary_header: [Accept-Language]
              - name: users
                pattern: /users
              - pattern: /a
              - name: no-pattern
              - name: twice
                pattern: /a
                ttl: 5m
                ttl: 6m
              - /users/*
              - name: odd
                pattern: /a
                colour: blue
                [a]: 1
            """,
            """
            4:5: unknown key "vary_header"; accepted: "vary_headers" (did you mean this?)
            5:11: name: "users" is the name of another rule; accepted: a name of its own for each rule
            7:5: name: is missing; accepted: 1 to 64 letters, digits, "-", "_" and "."
            8:5: pattern: is missing; accepted: a path such as /users/*, with *, **, ? and {a,b}
            12:5: ttl: the key is given twice; accepted: each key once in a rule
            13:5: a rule is not a map; accepted: keys such as name, pattern and ttl
            16:5: unknown key "colour"; accepted: the names in docs/rules.md
            17:5: unknown key ""; accepted: the names in docs/rules.md
            """),
        text(
            "keys of the document",
            """
            rules: 5
            rules: []
            rule: []
            """,
            """
            1:8: rules: is not a list; accepted: a list of rules, each beginning with "- name:"
            2:1: the key "rules" is given twice; accepted: each key once
            3:1: unknown key "rule"; accepted: "rules" (did you mean this?)
            """),
        text(
            "a list",
            """
            - {name: a, pattern: /a}
            """,
            """
            1:1: the file is not a map; accepted: the key "rules" with a list of rules
            """),
        text(
            "a text",
            """
            just text
            """,
            """
            1:1: the file is not a map; accepted: the key "rules" with a list of rules
            """),
        text(
            "a brace left open",
            """
            rules:
              - {name: a, pattern: /a
            """,
            """
            3:1: YAML syntax: expected ',' or '}', but got <stream end>; accepted: one well-formed YAML document
            """),
        text(
            "a tab",
            """
            rules:
            \t- {name: a, pattern: /a}
            """,
            """
            2:1: YAML syntax: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation); accepted: one well-formed YAML document
            """),
        text(
            "two documents",
            """
            rules: []
            ---
            rules: []
            """,
            """
            2:1: YAML syntax: but found another document; accepted: one well-formed YAML document
            """),
        text(
            "a star without quotes",
            """
            rules:
              - name: star
                pattern: *
            """,
            """
            3:15: YAML syntax: unexpected character found  (10); accepted: one well-formed YAML document
            """),
        text(
            "an alias without anchor",
            """
            rules:
              - name: star
                pattern: *all
            """,
            """
            3:14: YAML syntax: an alias without an anchor (a value that begins with "*" needs quotes); accepted: one well-formed YAML document
            """),
        text(
            "wrong indentation",
            """
            rules:
              - name: a
                pattern: /a
              ttl: 5m
            """,
            """
            4:3: YAML syntax: expected <block end>, but found '?'; accepted: one well-formed YAML document
            """),
        text(
            "a quote left open",
            """
            rules:
              - name: "a
            """,
            """
            3:1: YAML syntax: found unexpected end of stream; accepted: one well-formed YAML document
            """),
        text(
            "a colon without quotes",
            """
            rules:
              - name: a
                pattern: /a: b: c
            """,
            """
            3:16: YAML syntax: mapping values are not allowed here; accepted: one well-formed YAML document
            """));
  }

  private static String rules(int count, String pattern) {
    return IntStream.range(0, count)
        .mapToObj(i -> "  - {name: r" + i + ", pattern: " + pattern + "}\n")
        .collect(Collectors.joining("", "rules:\n", ""));
  }

  /** A gateway whose rules file is edited time and again. */
  private static final class Editor implements AutoCloseable {
    private final Path file;
    private final GatewayProcess gateway;
    private int tried;

    Editor(int number) throws IOException {
      Path folder = FOLDER.resolve(Integer.toString(number));
      this.file = Files.createDirectories(folder).resolve("cache_rules.yaml");
      Files.deleteIfExists(file);
      Files.writeString(file, GOOD);
      this.gateway =
          GatewayProcess.of(Container.TOMCAT_11).agent("cache_rules_config_file=" + file).start();
    }

    Outcome tryOut(Case bad) {
      try {
        gateway.awaitAgent("/jakarta");
        int before = warnings().size();
        bad.edit.apply(file);
        int expected = before + bad.problems.size();
        try {
          await()
              .atMost(Duration.ofSeconds(10))
              .pollInterval(Duration.ofMillis(50))
              .until(() -> warnings().size() >= expected);
        } catch (ConditionTimeoutException e) {
          // Then the lines that are there are told by the test.
        }
        String target = "/jakarta/app/SYNC/" + BY_RULE_ONLY + "?" + tried++;
        try (HttpConnection connection = new HttpConnection(gateway.port())) {
          return new Outcome(
              warnings().subList(before, warnings().size()),
              reported(),
              connection.get(target),
              connection.get(target));
        }
      } catch (IOException | JMException e) {
        throw new CompletionException(e);
      }
    }

    private List<String> warnings() {
      return gateway.standardError().stream()
          .filter(line -> line.startsWith("[slipstream] ") && line.contains(" WARN "))
          .map(line -> line.substring(line.indexOf(" WARN ") + 6))
          .map(this::withoutFile)
          .toList();
    }

    private List<String> reported() throws IOException, JMException {
      try (ManagementClient management = ManagementClient.of(gateway)) {
        return Stream.of((String[]) management.get("type=Agent", "ConfigurationProblems"))
            .map(this::withoutFile)
            .toList();
      }
    }

    private String withoutFile(String line) {
      assertThat(line).startsWith(file + ":");
      return line.substring(file.toString().length() + 1).strip();
    }

    @Override
    public void close() {
      gateway.close();
    }
  }

  @BeforeAll
  static void start() throws IOException {
    for (int i = 0; i < GATEWAYS; i++) {
      EDITORS.add(new Editor(i));
    }
    List<CompletableFuture<?>> last = new ArrayList<>();
    EDITORS.forEach(editor -> last.add(CompletableFuture.completedFuture(null)));
    for (int i = 0; i < CASES.size(); i++) {
      int turn = i % GATEWAYS;
      Case bad = CASES.get(i);
      Editor editor = EDITORS.get(turn);
      CompletableFuture<Outcome> outcome =
          last.get(turn).handleAsync((previous, failure) -> editor.tryOut(bad));
      OUTCOMES.put(bad, outcome);
      last.set(turn, outcome);
    }
  }

  @AfterAll
  static void stop() {
    EDITORS.forEach(Editor::close);
  }

  static Stream<Case> files() {
    return CASES.stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void badFile_isSaidLineByLine_andTheRulesInForceStay(Case bad) {
    Outcome outcome = OUTCOMES.get(bad).join();

    List<String> expected =
        bad.problems.stream()
            .map(line -> line.endsWith("not listed here") ? line : line + "; " + REJECTED)
            .toList();
    assertThat(outcome.warnings).containsExactlyElementsOf(expected);
    assertThat(outcome.reported).containsExactlyElementsOf(expected);
    assertMiss(outcome.first);
    assertHit(outcome.second);
  }
}
