package dev.slipstream.config.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesFileTest {

  private static final String REJECTED = "; the whole file is rejected and the rules in force stay";

  @Test
  void parse_ofEveryKey() {
    CacheRule rule =
        only(
            """
            rules:
              - name: users
                pattern: /users/*
                methods: [get, POST]
                mode: observe
                ttl: 5m
                ttl_by_status: {503: 1s, 404: 10s}
                statuses: [200, 404]
                vary_headers: [Accept-Language]
                cache_post: true
                cache_authenticated: true
                ignore_credentials: false
                stale_while_revalidate: 30s
                stale_if_error: 1h
                never_stale: false
                bypass: [header:X-No-Cache, "cookie:preview=draft-*"]
                no_store: ["QUERY:a[0]=b=c?"]
                invalidate_on: ["POST /users/**", "/admin/users/*"]
                tags: [users, team:a]
                origin: override
                ignore_query: [utm_*]
                sort_query: true
                harmless_cookies: [theme]
                max_body: 64KB
                gzip: true
                serve_at: entry
                write: through
                priority: critical
                budget: {p95: 500ms, error_rate: 0.5%}
                adaptive_ttl: {staleness: 10%, min: 5, max: 1h}
                enabled: false
            """);

    assertThat(rule)
        .hasToString(
            "CacheRule[name=users, pattern=/users/*, methods=[GET, POST], mode=OBSERVE,"
                + " ttl=PT5M, ttlByStatus={404=PT10S, 503=PT1S}, statuses=[200, 404, 503],"
                + " varyHeaders=[Accept-Language], cachePost=true, cacheAuthenticated=true,"
                + " ignoreCredentials=false, staleWhileRevalidate=PT30S, staleIfError=PT1H,"
                + " neverStale=false,"
                + " bypass=[RequestCondition[kind=HEADER, name=X-No-Cache, value=null],"
                + " RequestCondition[kind=COOKIE, name=preview,"
                + " value=NamePatterns[patterns=[draft-*]]]],"
                + " noStore=[RequestCondition[kind=QUERY, name=a[0],"
                + " value=NamePatterns[patterns=[b=c?]]]],"
                + " invalidateOn=[InvalidationTrigger[method=POST, pattern=/users/**],"
                + " InvalidationTrigger[method=null, pattern=/admin/users/*]],"
                + " tags=[users, team:a], origin=OVERRIDE,"
                + " ignoreQuery=NamePatterns[patterns=[utm_*]], sortQuery=true,"
                + " harmlessCookies=NamePatterns[patterns=[theme]], maxBodyBytes=65536,"
                + " gzip=true, serveAt=ENTRY, writtenThrough=true, priority=CRITICAL,"
                + " budget=Budget[p95=PT0.5S, errorRate=0.005],"
                + " adaptiveTtl=AdaptiveTtl[staleness=0.1, min=PT5S, max=PT1H], enabled=false]");
  }

  @Test
  void parse_ofTheLeast() {
    CacheRule rule = only("rules: [{name: a, pattern: /a}]");

    assertThat(rule)
        .hasToString(
            "CacheRule[name=a, pattern=/a, methods=[GET, HEAD], mode=SERVE, ttl=null,"
                + " ttlByStatus={}, statuses=[200], varyHeaders=[], cachePost=false,"
                + " cacheAuthenticated=false, ignoreCredentials=false,"
                + " staleWhileRevalidate=null, staleIfError=null, neverStale=false, bypass=[],"
                + " noStore=[], invalidateOn=[], tags=[], origin=RESPECT,"
                + " ignoreQuery=NamePatterns[patterns=[]], sortQuery=false,"
                + " harmlessCookies=NamePatterns[patterns=[]], maxBodyBytes=null, gzip=false,"
                + " serveAt=SERVLET, writtenThrough=false, priority=DEFAULT, budget=null,"
                + " adaptiveTtl=null, enabled=true]");
  }

  @Test
  void parse_addsPostToTheDefaultMethods() {
    assertThat(only("rules: [{name: a, pattern: /a, cache_post: true}]").methods())
        .containsExactly("GET", "HEAD", "POST");
  }

  @Test
  void parse_ofNeverStale() {
    CacheRule rule = only("rules: [{name: a, pattern: /a, never_stale: true, stale_if_error: 0}]");

    assertThat(rule.neverStale()).isTrue();
    assertThat(rule.staleIfError()).isZero();
  }

  @Test
  void parse_ofARuleThatCachesNothing_isForAnyMethod() {
    CacheRule rule = only("rules: [{name: a, pattern: /a, mode: pass, priority: sheddable}]");

    assertThat(rule.mode()).isEqualTo(RuleMode.PASS);
    assertThat(rule.methods()).contains("GET", "POST", "DELETE");
    assertThat(rule.priority()).isEqualTo(Priority.SHEDDABLE);
    assertThat(only("rules: [{name: a, pattern: /a, mode: pass, methods: [PUT]}]").methods())
        .containsExactly("PUT");
  }

  @Test
  void parse_ofAdaptiveTtl_isAFlagOrAMap() {
    assertThat(only("rules: [{name: a, pattern: /a, adaptive_ttl: true}]").adaptiveTtl())
        .isEqualTo(AdaptiveTtl.DEFAULT);
    assertThat(only("rules: [{name: a, pattern: /a, adaptive_ttl: false}]").adaptiveTtl()).isNull();
    assertThat(only("rules: [{name: a, pattern: /a, adaptive_ttl: {min: 2}}]").adaptiveTtl())
        .isEqualTo(new AdaptiveTtl(0.05, Duration.ofSeconds(2), null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          budget: {}                         | budget: is empty; accepted: {p95: 500ms, error_rate: 1%}, or one of them
          budget: 500ms                      | budget: is not a map; accepted: a map, such as {p95: 500ms, error_rate: 1%}
          budget: {p95: 0}                   | p95: "0" is out of bounds; accepted: 1ms to 1h, in ms, s, m, h, d (a plain number is in ms)
          budget: {error_rate: 200%}         | error_rate: "200%" is out of bounds; accepted: 0.01% to 100%, in percent
          budget: {p59: 1s}                  | unknown key "p59"
          adaptive_ttl: maybe                | adaptive_ttl: "maybe" is not true or false; accepted: true, false, or a map such as {staleness: 5%, min: 1s, max: 1h}
          adaptive_ttl: {staleness: 60%}     | staleness: "60%" is out of bounds; accepted: 0.1% to 50%, in percent
          adaptive_ttl: {min: 60, max: 5}    | max: is shorter than min; accepted: a time from min on
          priority: urgent                   | priority: "urgent" is not one of them; accepted: critical, default or sheddable
          mode: on                           | mode: "on" is not one of them; accepted: serve, observe or pass
          """)
  void parse_ofWhatTheOptimizerIsTold_namesTheMistake(String key, String message) {
    assertThat(messages("rules: [{name: a, pattern: /a, " + key + "}]"))
        .singleElement()
        .asString()
        .contains(message);
  }

  @ParameterizedTest
  @EnumSource
  void parse_ofAKeyGivenTwice(RuleKey key) {
    String text = "rules: [{" + key + ": x, " + key + ": x}]";

    assertThat(messages(text))
        .contains(
            "r.yaml:1:"
                + (text.lastIndexOf(key + ":") + 1)
                + ": "
                + key
                + ": the key is given twice; accepted: each key once in a rule"
                + REJECTED);
  }

  @Test
  void parse_ofAnAlias() {
    ParsedRules parsed =
        RulesFile.parse(
            "r.yaml",
            "rules: [{name: a, pattern: /a, tags: &t [x]}, {name: b, pattern: /b, tags: *t}]");

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.rules().rules().get(1).tags()).containsExactly("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\ufeff", "# nothing\n", "---\n", "rules:\n", "rules: []\n"})
  void parse_ofNoRules(String text) {
    ParsedRules parsed = RulesFile.parse("r.yaml", text);

    assertThat(parsed.isRejected()).isFalse();
    assertThat(parsed.rules()).isEqualTo(RuleSet.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ttl: abc | 1:40: ttl: "abc" is not a duration; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s)
          ttl: 0 | 1:40: ttl: "0" is out of bounds; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s)
          ttl: [1] | 1:40: ttl: is a list, not one value; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s)
          ttl: {s: 1} | 1:40: ttl: is a map, not one value; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s)
          ttl: | 1:39: ttl: has no value; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s)
          ttll: 5 | 1:35: unknown key "ttll"; accepted: "ttl" (did you mean this?)
          vary: [A] | 1:35: unknown key "vary"; accepted: the names in docs/rules.md
          ttl: 5, ttl: 6 | 1:43: ttl: the key is given twice; accepted: each key once in a rule
          methods: GET | 1:44: methods: is not a list; accepted: a list, such as [a, b], of GET, HEAD and, with cache_post, POST
          methods: [] | 1:44: methods: has 0 entries; accepted: 1 to 100 entries
          methods: [PUT] | 1:45: methods: "PUT" is not a method for this; accepted: GET, HEAD and, with cache_post, POST
          methods: [GET, POST] | 1:44: methods: POST without cache_post: true; accepted: both or neither
          cache_post: true, methods: [GET] | 1:47: cache_post: true without POST in methods; accepted: both or neither
          cache_post: perhaps | 1:47: cache_post: "perhaps" is not true or false; accepted: true or false
          statuses: [99] | 1:46: statuses: "99" is out of bounds; accepted: 200 to 599, but 206 and 304
          statuses: [206] | 1:46: statuses: "206" is only part of a response; accepted: 200 to 599, but 206 and 304
          statuses: [ok] | 1:46: statuses: "ok" is not a whole number; accepted: 200 to 599, but 206 and 304
          statuses: [[200]] | 1:46: statuses: is a list, not one value; accepted: 200 to 599, but 206 and 304
          vary_headers: [A B] | 1:50: vary_headers: "A B" is not the name of a header field; accepted: names of header fields
          cache_authenticated: true, ignore_credentials: true | 1:82: ignore_credentials: true beside cache_authenticated: true; accepted: one of the two: an answer for each identity, or one for everyone
          invalidate_on: [GET /a] | 1:51: invalidate_on: "GET /a" is not a method for this; accepted: a path pattern, or POST, PUT, PATCH or DELETE and a path pattern
          invalidate_on: [POST a] | 1:51: invalidate_on: "POST a" does not begin with "/"; accepted: a path pattern, or POST, PUT, PATCH or DELETE and a path pattern
          tags: [a b] | 1:42: tags: "a b" is not a tag; accepted: 1 to 128 letters, digits, "-", "_", ".", ":" and "/"
          origin: ignore | 1:43: origin: "ignore" is not one of them; accepted: respect or override
          ignore_query: ["a=b"] | 1:50: ignore_query: "a=b" is not a name or pattern; accepted: names, with * for any characters and ? for one
          harmless_cookies: [~] | 1:54: harmless_cookies: has no value; accepted: names, with * for any characters and ? for one
          max_body: 1GB | 1:45: max_body: "1GB" is out of bounds; accepted: 1B to 256MB, in B, KB, MB, GB (a plain number is in B)
          mode: off | 1:41: mode: "off" is not one of them; accepted: serve, observe or pass
          mode: [serve] | 1:41: mode: is a list, not one value; accepted: serve, observe or pass
          ttl_by_status: 5s | 1:50: ttl_by_status: is not a map; accepted: a map, such as {404: 10s}
          ttl_by_status: [404] | 1:50: ttl_by_status: is not a map; accepted: a map, such as {404: 10s}
          ttl_by_status: {404: 0s} | 1:56: ttl_by_status: "0s" is out of bounds; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s)
          ttl_by_status: {404: soon} | 1:56: ttl_by_status: "soon" is not a duration; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s)
          ttl_by_status: {404: [1]} | 1:56: ttl_by_status: is a list, not one value; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s)
          ttl_by_status: {404: } | 1:55: ttl_by_status: has no value; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s)
          ttl_by_status: {304: 1s} | 1:51: ttl_by_status: "304" is only part of a response; accepted: 200 to 599, but 206 and 304
          ttl_by_status: {600: 1s} | 1:51: ttl_by_status: "600" is out of bounds; accepted: 200 to 599, but 206 and 304
          ttl_by_status: {5xx: 1s} | 1:51: ttl_by_status: "5xx" is not a whole number; accepted: 200 to 599, but 206 and 304
          ttl_by_status: {[404]: 1s} | 1:51: ttl_by_status: is a list, not one value; accepted: 200 to 599, but 206 and 304
          ttl_by_status: {404: 1s, 404: 2s} | 1:60: ttl_by_status: "404" is given twice; accepted: each key once
          stale_while_revalidate: 366d | 1:59: stale_while_revalidate: "366d" is out of bounds; accepted: 0ms to 365d, in ms, s, m, h, d (a plain number is in s)
          stale_while_revalidate: yes | 1:59: stale_while_revalidate: "yes" is not a duration; accepted: 0ms to 365d, in ms, s, m, h, d (a plain number is in s)
          stale_if_error: 366d | 1:51: stale_if_error: "366d" is out of bounds; accepted: 0ms to 365d, in ms, s, m, h, d (a plain number is in s)
          stale_if_error: {a: b} | 1:51: stale_if_error: is a map, not one value; accepted: 0ms to 365d, in ms, s, m, h, d (a plain number is in s)
          never_stale: true, stale_if_error: 1s | 1:70: stale_if_error: a time beside never_stale: true; accepted: 0s, or never_stale: false
          never_stale: true, stale_while_revalidate: 1ms | 1:78: stale_while_revalidate: a time beside never_stale: true; accepted: 0s, or never_stale: false
          bypass: header:X | 1:43: bypass: is not a list; accepted: a list, such as [a, b], of header:NAME, cookie:NAME or query:NAME, or one of them and =VALUE, with * for any characters and ? for one in VALUE
          bypass: [X-Debug] | 1:44: bypass: "X-Debug" does not begin with header:, cookie: or query:; accepted: header:NAME, cookie:NAME or query:NAME, or one of them and =VALUE, with * for any characters and ? for one in VALUE
          bypass: [session:x] | 1:44: bypass: "session:x" does not begin with header:, cookie: or query:; accepted: header:NAME, cookie:NAME or query:NAME, or one of them and =VALUE, with * for any characters and ? for one in VALUE
          bypass: ["header:"] | 1:44: bypass: "header:" does not name a header field; accepted: header:NAME, cookie:NAME or query:NAME, or one of them and =VALUE, with * for any characters and ? for one in VALUE
          bypass: ["header:X Y=1"] | 1:44: bypass: "header:X Y=1" does not name a header field; accepted: header:NAME, cookie:NAME or query:NAME, or one of them and =VALUE, with * for any characters and ? for one in VALUE
          bypass: [header:X-*] | 1:44: bypass: "header:X-*" does not name a header field; accepted: header:NAME, cookie:NAME or query:NAME, or one of them and =VALUE, with * for any characters and ? for one in VALUE
          no_store: [cookie:a?] | 1:46: no_store: "cookie:a?" does not name a cookie; accepted: header:NAME, cookie:NAME or query:NAME, or one of them and =VALUE, with * for any characters and ? for one in VALUE
          no_store: [cookie:a@b] | 1:46: no_store: "cookie:a@b" does not name a cookie; accepted: header:NAME, cookie:NAME or query:NAME, or one of them and =VALUE, with * for any characters and ? for one in VALUE
          no_store: ["query:=1"] | 1:46: no_store: "query:=1" does not name a query parameter; accepted: header:NAME, cookie:NAME or query:NAME, or one of them and =VALUE, with * for any characters and ? for one in VALUE
          no_store: [query:a=] | 1:46: no_store: "query:a=" has no value after "="; accepted: header:NAME, cookie:NAME or query:NAME, or one of them and =VALUE, with * for any characters and ? for one in VALUE
          no_store: {query: a} | 1:45: no_store: is not a list; accepted: a list, such as [a, b], of header:NAME, cookie:NAME or query:NAME, or one of them and =VALUE, with * for any characters and ? for one in VALUE
          no_store: [{query: a}] | 1:46: no_store: is a map, not one value; accepted: header:NAME, cookie:NAME or query:NAME, or one of them and =VALUE, with * for any characters and ? for one in VALUE
          sort_query: [true] | 1:47: sort_query: is a list, not one value; accepted: true or false
          sort_query: always | 1:47: sort_query: "always" is not true or false; accepted: true or false
          write: back | 1:42: write: "back" is not one of them; accepted: behind or through
          serve_at: filter | 1:45: serve_at: "filter" is not one of them; accepted: servlet or entry
          serve_at: [entry] | 1:45: serve_at: is a list, not one value; accepted: servlet or entry
          gzip: br | 1:41: gzip: "br" is not true or false; accepted: true or false
          gzip: [true] | 1:41: gzip: is a list, not one value; accepted: true or false
          enabled: 2 | 1:44: enabled: "2" is not true or false; accepted: true or false
          """)
  void parse_ofABadKey(String keys, String message) {
    String text = "rules: [{name: one, pattern: /on, " + keys + "}]";

    assertThat(messages(text)).containsExactly("r.yaml:" + message + REJECTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rules: [{name: a}] | 1:9: pattern: is missing; accepted: a path such as /users/*, with *, **, ? and {a,b}
          rules: [{pattern: /a}] | 1:9: name: is missing; accepted: 1 to 64 letters, digits, "-", "_" and "."
          rules: [{name: "a b", pattern: /a}] | 1:16: name: "a b" is not a name; accepted: 1 to 64 letters, digits, "-", "_" and "."
          rules: [{name: a, pattern: "/users/{id}"}] | 1:28: pattern: "/users/{id}" has a "{" without a "," (for any segment write *); accepted: a path such as /users/*, with *, **, ? and {a,b}
          rules: [{name: a, pattern: users}] | 1:28: pattern: "users" does not begin with "/"; accepted: a path such as /users/*, with *, **, ? and {a,b}
          rules: [{name: a, pattern: /a}, {name: a, pattern: /b}] | 1:40: name: "a" is the name of another rule; accepted: a name of its own for each rule
          rules: [/a] | 1:9: a rule is not a map; accepted: keys such as name, pattern and ttl
          rules: /a | 1:8: rules: is not a list; accepted: a list of rules, each beginning with "- name:"
          - name: a | 1:1: the file is not a map; accepted: the key "rules" with a list of rules
          rule: [] | 1:1: unknown key "rule"; accepted: "rules" (did you mean this?)
          {rules: [], rules: []} | 1:13: the key "rules" is given twice; accepted: each key once
          rules: [{name: a, [x]: y, pattern: /a}] | 1:19: unknown key ""; accepted: the names in docs/rules.md
          rules: [{name: a | 1:17: YAML syntax: expected ',' or '}', but got <stream end>; accepted: one well-formed YAML document
          rules: \t- | 1:9: YAML syntax: sequence entries are not allowed here; accepted: one well-formed YAML document
          """)
  void parse_ofABadFile(String text, String message) {
    assertThat(messages(text)).containsExactly("r.yaml:" + message + REJECTED);
  }

  @Test
  void parse_ofTwoDocuments() {
    assertThat(messages("rules: []\n---\nrules: []\n"))
        .containsExactly(
            "r.yaml:2:1: YAML syntax: but found another document; accepted: one well-formed YAML"
                + " document"
                + REJECTED);
  }

  @Test
  void parse_ofAControlCharacter() {
    assertThat(messages("rules: []\n# \u0007"))
        .containsExactly(
            "r.yaml:2:3: YAML syntax: a control character; accepted: one well-formed YAML document"
                + REJECTED);
  }

  @Test
  void parse_ofABombOfAliases() {
    StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 60; i++) {
      text.append(String.format(Locale.ROOT, "a%d: &a%d [*a%d, *a%d]%n", i, i, i - 1, i - 1));
    }

    assertThat(messages(text.toString()))
        .containsExactly(
            "r.yaml: too large or too many aliases; accepted: at most 1MB with at most 50 aliases"
                + REJECTED);
  }

  @Test
  void parse_ofARecursiveAlias() {
    assertThat(messages("rules: &r [*r]"))
        .containsExactly(
            "r.yaml:1:8: a rule is not a map; accepted: keys such as name, pattern and ttl"
                + REJECTED);
  }

  @Test
  void parse_ofDeepNesting() {
    assertThat(messages("rules: " + "[".repeat(100_000)))
        .containsExactly("r.yaml:1:27: nested too deeply; accepted: at most 20 levels" + REJECTED);
  }

  @Test
  void parse_ofTooManyRules() {
    StringBuilder text = new StringBuilder("rules:\n");
    for (int i = 0; i < 1_001; i++) {
      text.append("  - {name: r").append(i).append(", pattern: /a}\n");
    }

    assertThat(messages(text.toString()))
        .containsExactly(
            "r.yaml:2:3: rules: has more than 1000 rules; accepted: at most 1000" + REJECTED);
  }

  @Test
  void parse_reportsEveryProblem() {
    String text =
        """
        rules:
          - name: a
            pattern: /a{
            ttl: never
          - name: b
            pattern: /b
            tag: [x]
        """;

    assertThat(RulesFile.parse("r.yaml", text).rules()).isEqualTo(RuleSet.EMPTY);
    assertThat(RulesFile.parse("r.yaml", text).problems().stream().map(Problem::where))
        .containsExactly("r.yaml:3:14", "r.yaml:4:10", "r.yaml:7:5");
  }

  @Test
  void parse_reportsTwentyProblemsAtMost() {
    List<String> messages = messages("rules: [" + "x, ".repeat(25) + "]");

    assertThat(messages).hasSize(21);
    assertThat(messages.get(20))
        .isEqualTo("r.yaml: 5 more problems; accepted: see the first 20; they are not listed here");
  }

  @Test
  void read_ofAFileThatDoesNotExist(@TempDir Path directory) {
    Path file = directory.resolve("none.yaml");

    assertThat(RulesFile.read(file).problems().stream().map(Problem::message))
        .containsExactly(
            file
                + ": the file does not exist; accepted: a readable YAML file in UTF-8 of at most"
                + " 1MB"
                + REJECTED);
  }

  @Test
  void read_ofAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("r.yaml"), "rules: [{name: a, pattern: /a}]");

    assertThat(RulesFile.read(file).rules().rules())
        .extracting(CacheRule::name)
        .containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          GET,  /api/v1/health,            health,          30s
          GET,  /api/v1/health/ready,      health,          30s
          GET,  /docs,                     documentation,   1h
          GET,  /redoc/index.html,         documentation,   1h
          GET,  /openapi.json,             openapi,         1h
          GET,  /static/js/app.js,         static,          24h
          GET,  /metrics,                  metrics,         10s
          GET,  /api/v1/metrics/http,      metrics,         10s
          POST, /api/v1/generate/code,     generated-code,  30m
          POST, /api/v1/generate/image/x,  generated-image, 30m
          GET,  /api/v1/services/stats,    service-stats,   1m
          GET,  /api/v1/alerts,            alerts,          30s
          """)
  void defaults_matchWhatTheyAreFor(String method, String path, String name, String ttl)
      throws Exception {
    CacheRule rule = RulesFile.defaults().match(method, path);

    assertThat(rule).isNotNull();
    assertThat(rule.name()).isEqualTo(name);
    assertThat(rule.ttl()).isEqualTo(RuleTypes.TTL.parse(ttl));
  }

  @Test
  void defaults_leaveTheRestAlone() {
    RuleSet defaults = RulesFile.defaults();

    assertThat(defaults.match("GET", "/api/v1/users")).isNull();
    assertThat(defaults.match("GET", "/api/v1/generate/code")).isNull();
    assertThat(defaults.match("POST", "/api/v1/health")).isNull();
  }

  @Test
  void defaults_cacheHealthForEveryoneAndNeverStale() {
    CacheRule health = RulesFile.defaults().match("GET", "/api/v1/health");

    assertThat(health).isNotNull();
    assertThat(health.ignoreCredentials()).isTrue();
    assertThat(health.neverStale()).isTrue();
    assertThat(health.statuses()).containsExactly(200);
    assertThat(health.ttl()).isEqualTo(Duration.ofSeconds(30));
    assertThat(RulesFile.defaults().rules())
        .filteredOn(CacheRule::ignoreCredentials)
        .containsExactly(health);
  }

  private static CacheRule only(String text) {
    ParsedRules parsed = RulesFile.parse("r.yaml", text);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.rules().rules()).hasSize(1);
    return parsed.rules().rules().get(0);
  }

  private static List<String> messages(String text) {
    return RulesFile.parse("r.yaml", text).problems().stream().map(Problem::message).toList();
  }
}
