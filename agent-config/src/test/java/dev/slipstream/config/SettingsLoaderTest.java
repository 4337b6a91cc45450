package dev.slipstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {

  @TempDir Path directory;

  @Test
  void load_takesTheFirstSourceThatHasAValue() throws Exception {
    Path file = write("redis_max_connections: 5");
    Map<String, String> properties =
        new HashMap<>(
            Map.of("slipstream.redis.max.connections", "2", "slipstream.config", "" + file));
    Map<String, String> environment =
        new HashMap<>(
            Map.of("SLIPSTREAM_REDIS_MAX_CONNECTIONS", "3", "REDIS_MAX_CONNECTIONS", "4"));

    assertThat(connections("redis_max_connections=1", properties, environment))
        .isEqualTo("1 (agent argument redis_max_connections)");
    assertThat(connections("redis_max_connections=", properties, environment))
        .isEqualTo("2 (system property slipstream.redis.max.connections)");
    properties.put("slipstream.redis.max.connections", " ");
    assertThat(connections(null, properties, environment))
        .isEqualTo("3 (environment SLIPSTREAM_REDIS_MAX_CONNECTIONS)");
    environment.put("SLIPSTREAM_REDIS_MAX_CONNECTIONS", "");
    assertThat(connections(null, properties, environment))
        .isEqualTo("4 (environment REDIS_MAX_CONNECTIONS)");
    environment.clear();
    assertThat(connections(null, properties, environment)).isEqualTo("5 (" + file + ":1:1)");
    assertThat(connections(null, Map.of(), environment)).isEqualTo("20 (default)");
  }

  private static String connections(
      String arguments, Map<String, String> properties, Map<String, String> environment) {
    LoadedSettings loaded = SettingsLoader.load(arguments, properties, environment);
    assertThat(loaded.problems()).isEmpty();
    SettingValue value = value(loaded, "redis_max_connections");
    assertThat(loaded.settings().redis().maxConnections()).hasToString(value.value());
    return value.value() + " (" + value.origin() + ")";
  }

  private static SettingValue value(LoadedSettings loaded, String name) {
    return loaded.settings().values().stream()
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void load_takesNestedKeysAndLists() throws Exception {
    Path file =
        write(
            """
            redis:
              url: redis://cache:7000/1
              max_connections: 9
            cache.key_prefix: edge
            credential_headers: [X-One, X-Two]
            harmless_cookies: []
            log_file:
            """);

    LoadedSettings loaded = SettingsLoader.load("config=" + file, Map.of(), Map.of());

    assertThat(loaded.problems()).isEmpty();
    Settings settings = loaded.settings();
    assertThat(settings.redis().display()).isEqualTo("redis://cache:7000/1 (" + file + ":2:3)");
    assertThat(settings.redis().maxConnections()).isEqualTo(9);
    assertThat(settings.cache().keyPrefix()).isEqualTo("edge");
    assertThat(settings.http().credentialHeaders()).containsExactly("X-One", "X-Two");
    assertThat(settings.http().harmlessCookies().patterns()).isEmpty();
    assertThat(settings.agent().logFile()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "null"})
  void load_ofAnEmptyFile(String text) throws Exception {
    LoadedSettings loaded = SettingsLoader.load("config=" + write(text), Map.of(), Map.of());

    assertThat(loaded.problems()).isEmpty();
  }

  @Test
  void load_turnsTheSharedTierOff() {
    Settings settings =
        SettingsLoader.load(
                null,
                Map.of(),
                Map.of("REDIS_URL", "redis://theirs", "SLIPSTREAM_REDIS_URL", "none"))
            .settings();

    assertThat(settings.redis().url()).isNull();
    assertThat(settings.redis().display()).isEqualTo("none (environment SLIPSTREAM_REDIS_URL)");
  }

  @Test
  void load_secretCutByAComma_showsNoPartOfIt() {
    LoadedSettings loaded =
        SettingsLoader.load("redis_url=redis://:abc,s3cret=x@host", Map.of(), Map.of());

    assertThat(loaded.problems())
        .extracting(Problem::message)
        .anyMatch(message -> message.contains("not shown"))
        .noneMatch(message -> message.contains("s3cret"));
  }

  @Test
  void load_showsNoSecretAnywhere() throws Exception {
    Path file = write("redis_url: redis://hugo:s3cret@cache:0");
    for (String url :
        List.of("redis://hugo:s3cret@cache", "redis://hugo:s3cret@cache:x", "s3cret")) {
      for (LoadedSettings loaded :
          List.of(
              SettingsLoader.load("redis_url=" + url, Map.of(), Map.of()),
              SettingsLoader.load("config=" + file, Map.of(), Map.of()),
              SettingsLoader.load(url + ",x" + url, Map.of(), Map.of()),
              SettingsLoader.load(null, Map.of(), Map.of("REDIS_URL", url)),
              SettingsLoader.load(null, Map.of("slipstream.redis_url", url), Map.of()))) {
        assertThat(loaded + " " + loaded.settings().redis().display())
            .doesNotContain("s3cret")
            .doesNotContain("hugo");
        loaded
            .problems()
            .forEach(p -> assertThat(p.message()).doesNotContain("s3cret").doesNotContain("hugo"));
      }
    }
    assertThat(AgentArguments.parse("redis_url=redis://u:s3cret@h").toString())
        .doesNotContain("s3cret");
    assertThat(
            value(SettingsLoader.load("redis_url=redis://h", Map.of(), Map.of()), "redis_url")
                .value())
        .isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"purge_token", "identity_secret"})
  void load_showsNoTokenAnywhere(String setting) throws Exception {
    String token = "s3cret-s3cret-s3cret";
    Path file = write(setting + ": " + token);
    for (LoadedSettings loaded :
        List.of(
            SettingsLoader.load(setting + "=" + token, Map.of(), Map.of()),
            SettingsLoader.load("config=" + file, Map.of(), Map.of()),
            SettingsLoader.load(
                null, Map.of(), Map.of("SLIPSTREAM_" + setting.toUpperCase(Locale.ROOT), token)),
            SettingsLoader.load(null, Map.of("slipstream." + setting, token), Map.of()))) {
      assertThat(loaded.problems()).isEmpty();
      assertThat(
              setting.equals("purge_token")
                  ? loaded.settings().http().purgeToken()
                  : loaded.settings().http().identitySecret())
          .isEqualTo(token);
      assertThat(value(loaded, setting).value()).isEqualTo("***");
      assertThat(loaded + " " + loaded.settings().http()).doesNotContain("s3cret");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret", "s3cret s3cret s3cret", "s3cret-\u00e9-s3cret-s3cret"})
  void load_ofABadPurgeToken_showsNoPartOfIt(String token) {
    LoadedSettings loaded = SettingsLoader.load("purge_token=" + token, Map.of(), Map.of());

    assertThat(loaded.settings().http().purgeToken()).isNull();
    assertThat(loaded.problems()).hasSize(1);
    assertThat(loaded.toString()).doesNotContain("s3cret");
  }

  private static final String KEY = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoyMzQ1Njc=";

  @Test
  void load_showsNoEncryptionKeyAnywhere() throws Exception {
    Path file = write("cache_encryption_key: [k2:" + KEY + ", k1:" + KEY + "]");
    Path keyFile = Files.writeString(directory.resolve("keys"), "k2:" + KEY + "\nk1:" + KEY);
    for (LoadedSettings loaded :
        List.of(
            SettingsLoader.load("cache_encryption_key_file=" + keyFile, Map.of(), Map.of()),
            SettingsLoader.load("config=" + file, Map.of(), Map.of()),
            SettingsLoader.load(
                "cache_encryption_key=k2:" + KEY + "\\,k1:" + KEY, Map.of(), Map.of()),
            SettingsLoader.load(
                null, Map.of(), Map.of("CACHE_ENCRYPTION_KEY", "k2:" + KEY + ",k1:" + KEY)))) {
      assertThat(loaded.problems()).isEmpty();
      assertThat(loaded.settings().cache().encryptionKeys())
          .extracting(EncryptionKey::id)
          .containsExactly("k2", "k1");
      assertThat(loaded.settings().cache().encryptionKeys().get(0).secret())
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
      assertThat(loaded + " " + loaded.settings().cache()).doesNotContain(KEY.substring(0, 20));
    }
  }

  @Test
  void load_encryptionKeyCutByAComma_showsNoPartOfIt() {
    LoadedSettings loaded =
        SettingsLoader.load("cache_encryption_key=k2:" + KEY + ",k1:" + KEY, Map.of(), Map.of());

    assertThat(loaded.problems()).hasSize(1);
    assertThat(loaded.toString()).doesNotContain(KEY.substring(0, 20));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cache_encryption_key | %s | does not begin with the id of a key
          cache_encryption_key | k 1:%s | does not begin with the id of a key
          cache_encryption_key | k1:%s!! | has a key that is not base64
          cache_encryption_key | k1:QUJD | has a key that is not 32 bytes long
          cache_encryption_key | k1:%s,k1:%s | has two keys with one id
          cache_encryption_key_file | /nowhere/keys | cannot be read
          cache_encryption_key_file | /dev/null | has no key
          cache_encryption_key_file | /dev/zero | is larger than 64KB
          """)
  void load_ofABadEncryptionKey_turnsTheSharedTierOff(String setting, String text, String what) {
    String value = text.replace("%s", KEY);
    LoadedSettings loaded =
        SettingsLoader.load(
            null,
            Map.of("slipstream." + setting, value, "slipstream.redis_url", "redis://cache"),
            Map.of());

    assertThat(loaded.settings().redis().url()).isNull();
    assertThat(loaded.settings().redis().display())
        .isEqualTo("none (turned off: what entries are to be encrypted with cannot be used)");
    assertThat(loaded.settings().cache().encryptionKeys()).isEmpty();
    assertThat(loaded.problems()).hasSize(1);
    assertThat(loaded.problems().get(0).message())
        .contains(what)
        .endsWith("; Redis is not used: nothing is written there in clear")
        .doesNotContain(KEY.substring(0, 20));
  }

  @Test
  void load_ofAKeyInBothPlaces_takesThoseOfTheFileLast() throws Exception {
    Path file = Files.writeString(directory.resolve("keys"), "k1:" + KEY);
    String both = "cache_encryption_key_file=" + file + ",cache_encryption_key=";

    assertThat(
            SettingsLoader.load(both + "k2:" + KEY, Map.of(), Map.of())
                .settings()
                .cache()
                .encryptionKeys()
                .toString())
        .isEqualTo("[k2:***, k1:***]");
    assertThat(SettingsLoader.load(both + "k1:" + KEY, Map.of(), Map.of()).problems()).hasSize(1);
  }

  @Test
  void load_purgeTokenCutByAComma_showsNoPartOfIt() {
    LoadedSettings loaded =
        SettingsLoader.load("purge_token=0123456789abcdef,s3cret=x,s3cret", Map.of(), Map.of());

    assertThat(loaded.problems()).hasSize(2);
    assertThat(loaded.toString()).doesNotContain("s3cret");
  }

  @Test
  void load_ofANewSettingGivenTwice() {
    LoadedSettings loaded =
        SettingsLoader.load(
            null, Map.of("slipstream.max.variants", "3", "slipstream.max_variants", "4"), Map.of());

    assertThat(loaded.settings().http().maxVariants()).isEqualTo(3);
    assertThat(loaded.problems().stream().map(Problem::message))
        .containsExactly(
            "system property slipstream.max_variants: \"max_variants\" is given twice; accepted:"
                + " each setting once; the first value is used");
  }

  @Test
  void load_saysWhetherTheRulesFileWasGiven() {
    assertThat(SettingsLoader.load(null, Map.of(), Map.of()).settings().rules().fileGiven())
        .isFalse();
    assertThat(
            SettingsLoader.load("cache_rules_config_file=a.yaml", Map.of(), Map.of())
                .settings()
                .rules()
                .fileGiven())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          CACHE_DEFAULT_TTL | abc | cache_default_ttl: "abc" is not a duration; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s); the default 3600 is used
          CACHE_DEFAULT_TTL | 0 | cache_default_ttl: "0" is out of bounds; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s); the default 3600 is used
          CACHE_DEFAULT_TTL | 99999999999999999999 | cache_default_ttl: "99999999999999999999" is not a duration; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s); the default 3600 is used
          CACHE_DEFAULT_TTL | 999999999999999999d | cache_default_ttl: "999999999999999999d" is out of bounds; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s); the default 3600 is used
          CACHE_DEFAULT_TTL | -1 | cache_default_ttl: "-1" is not a duration; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s); the default 3600 is used
          CACHE_DEFAULT_TTL | 1.5h | cache_default_ttl: "1.5h" is not a duration; accepted: 1s to 365d, in ms, s, m, h, d (a plain number is in s); the default 3600 is used
          REDIS_SOCKET_TIMEOUT | 5MB | redis_socket_timeout: "5MB" is not a duration; accepted: 100ms to 1m, in ms, s, m, h, d (a plain number is in s); the default 5 is used
          SLIPSTREAM_L2_BUDGET | 1m | l2_budget: "1m" is out of bounds; accepted: 1ms to 10s, in ms, s, m, h, d (a plain number is in ms); the default 50 is used
          CACHE_MAX_MEMORY_MB | lots | cache_max_memory_mb: "lots" is not a size; accepted: 1MB to 1024GB, in B, KB, MB, GB (a plain number is in MB); the default 100 is used
          CACHE_MAX_MEMORY_MB | 5s | cache_max_memory_mb: "5s" is not a size; accepted: 1MB to 1024GB, in B, KB, MB, GB (a plain number is in MB); the default 100 is used
          CACHE_MAX_MEMORY_MB | 64KB | cache_max_memory_mb: "64KB" is out of bounds; accepted: 1MB to 1024GB, in B, KB, MB, GB (a plain number is in MB); the default 100 is used
          SLIPSTREAM_MAX_BODY | 1GB | max_body: "1GB" is out of bounds; accepted: 1B to 256MB, in B, KB, MB, GB (a plain number is in B); the default 1MB is used
          CACHE_COMPRESSION_THRESHOLD | 1m | cache_compression_threshold: "1m" is not a size; accepted: 0B to 256MB, in B, KB, MB, GB (a plain number is in B); the default 1024 is used
          CACHE_COMPRESSION_TYPE | lzma | cache_compression_type: "lzma" is not one of them; accepted: none, zlib or gzip; the default zlib is used
          CACHE_KEY_PREFIX | a:b | cache_key_prefix: "a:b" is not a key prefix; accepted: 1 to 64 letters, digits, "-", "_" and "."; the default apigw is used
          REDIS_MAX_CONNECTIONS | many | redis_max_connections: "many" is not a whole number; accepted: 1 to 1000; the default 20 is used
          REDIS_MAX_CONNECTIONS | 0 | redis_max_connections: "0" is out of bounds; accepted: 1 to 1000; the default 20 is used
          PERFORMANCE_CPU_THRESHOLD | 101% | performance_cpu_threshold: "101%" is out of bounds; accepted: 1 to 100, in percent; the default 80 is used
          PERFORMANCE_GC_THRESHOLD | high | performance_gc_threshold: "high" is not a whole number; accepted: 1 to 100, in percent; the default 70 is used
          SMART_CACHING_ENABLED | maybe | smart_caching_enabled: "maybe" is not true or false; accepted: true or false; the default true is used
          SLIPSTREAM_LOG_LEVEL | trace | log_level: "trace" is not one of them; accepted: debug, info, warn or error; the default info is used
          SLIPSTREAM_CREDENTIAL_HEADERS | X A,X-B | credential_headers: "X A,X-B" is not the name of a header field; accepted: names of header fields, separated by commas, or none; the default X-API-Key,X-Auth-Token,X-Forwarded-User is used
          SLIPSTREAM_HARMLESS_COOKIES | a=b | harmless_cookies: "a=b" is not a name or pattern; accepted: names, with * for any characters and ? for one, separated by commas, or none; the default is used
          PERFORMANCE_OPTIMIZATION_LEVEL | max | performance_optimization_level: "max" is not one of them; accepted: conservative, balanced, aggressive or adaptive; the default balanced is used
          SLIPSTREAM_CACHE_MODE | watch | cache_mode: "watch" is not one of them; accepted: serve, observe or off; the default serve is used
          SLIPSTREAM_MAX_VARIANTS | 0 | max_variants: "0" is out of bounds; accepted: 1 to 1000; the default 64 is used
          SLIPSTREAM_MAX_VARIANTS | 1001 | max_variants: "1001" is out of bounds; accepted: 1 to 1000; the default 64 is used
          SLIPSTREAM_MAX_VARIANTS | few | max_variants: "few" is not a whole number; accepted: 1 to 1000; the default 64 is used
          SLIPSTREAM_STALE_IF_ERROR | 25h | stale_if_error: "25h" is out of bounds; accepted: 0ms to 1d, in ms, s, m, h, d (a plain number is in s); the default 60 is used
          SLIPSTREAM_STALE_IF_ERROR | off | stale_if_error: "off" is not a duration; accepted: 0ms to 1d, in ms, s, m, h, d (a plain number is in s); the default 60 is used
          SLIPSTREAM_COALESCING_WAIT | 61s | coalescing_wait: "61s" is out of bounds; accepted: 0ms to 1m, in ms, s, m, h, d (a plain number is in s); the default 5 is used
          SLIPSTREAM_COALESCING_WAIT | 5MB | coalescing_wait: "5MB" is not a duration; accepted: 0ms to 1m, in ms, s, m, h, d (a plain number is in s); the default 5 is used
          SLIPSTREAM_COALESCING_WAITERS | -1 | coalescing_waiters: "-1" is out of bounds; accepted: 0 to 10000; the default 100 is used
          SLIPSTREAM_COALESCING_WAITERS | 10001 | coalescing_waiters: "10001" is out of bounds; accepted: 0 to 10000; the default 100 is used
          SLIPSTREAM_COALESCING_WAITERS | 1s | coalescing_waiters: "1s" is not a whole number; accepted: 0 to 10000; the default 100 is used
          SLIPSTREAM_HIT_FOR_MISS | 2h | hit_for_miss: "2h" is out of bounds; accepted: 0ms to 1h, in ms, s, m, h, d (a plain number is in s); the default 10 is used
          SLIPSTREAM_HIT_FOR_MISS | true | hit_for_miss: "true" is not a duration; accepted: 0ms to 1h, in ms, s, m, h, d (a plain number is in s); the default 10 is used
          SLIPSTREAM_TARGETED_FIELDS | CDN Cache-Control | targeted_fields: "CDN Cache-Control" is not the name of a header field; accepted: names of header fields, separated by commas, or none; the default Slipstream-Cache-Control is used
          SLIPSTREAM_TAG_FIELDS | Cache-Tag: | tag_fields: "Cache-Tag:" is not the name of a header field; accepted: names of header fields, separated by commas, or none; the default Surrogate-Key,Cache-Tag is used
          SLIPSTREAM_SHAPING_FIELDS | X-?,X Y | shaping_fields: "X-?,X Y" is not the name of a header field or a pattern; accepted: names of header fields, with * for any characters and ? for one, separated by commas, or none; the default is used
          SLIPSTREAM_PURGE_TOKEN | 0123456789abcde | purge_token: the value is too short; accepted: 16 to 256 visible ASCII characters, or none; the default none is used
          SLIPSTREAM_PURGE_TOKEN | 0123456789 abcdef | purge_token: the value is not a token; accepted: 16 to 256 visible ASCII characters, or none; the default none is used
          REDIS_URL | http://cache | redis_url: the value does not begin with a known scheme; accepted: redis://[user:password@]host[:port][/database], redis-cluster://host,host, redis-sentinel://host,host/master, the same with rediss for TLS, or none; the default none is used
          """)
  void load_ofABadValue(String variable, String text, String message) {
    LoadedSettings loaded = SettingsLoader.load(null, Map.of(), Map.of(variable, text));

    assertThat(loaded.problems().stream().map(Problem::message))
        .containsExactly("environment " + variable + ": " + message);
  }

  @Test
  void load_ofABadValue_takesTheDefaultNotTheNextSource() {
    Settings settings =
        SettingsLoader.load(
                "redis_max_connections=x", Map.of(), Map.of("REDIS_MAX_CONNECTIONS", "7"))
            .settings();

    assertThat(settings.redis().maxConnections()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          redis_ulr=x | agent arguments: unknown agent argument "redis_ulr"; accepted: "redis_url" (did you mean this?); it is ignored
          zzz=x | agent arguments: unknown agent argument "zzz"; accepted: the names in docs/configuration.md; it is ignored
          enabled | agent argument 1: has no key; accepted: key=value pairs separated by commas, with "\\," for a comma inside a value; it is ignored
          log_level=info,=x | agent argument 2: has no key; accepted: key=value pairs separated by commas, with "\\," for a comma inside a value; it is ignored
          log_level=info,log.level=warn | agent argument 2: "log_level" is given twice; accepted: each key once; the first value is used
          config=/no/such.yaml | /no/such.yaml: the file does not exist; accepted: a readable YAML file in UTF-8 of at most 1MB; the file is not used
          config=/ | /: the file cannot be read; accepted: a readable YAML file in UTF-8 of at most 1MB; the file is not used
          """)
  void load_ofBadAgentArguments(String arguments, String message) {
    LoadedSettings loaded = SettingsLoader.load(arguments, Map.of(), Map.of());

    assertThat(loaded.problems().stream().map(Problem::message)).containsExactly(message);
  }

  @Test
  void load_ofAnUnknownSystemProperty() {
    LoadedSettings loaded =
        SettingsLoader.load(
            null,
            Map.of("slipstream.cache.mod", "off", "java.version", "17", "slipstreams.x", "y"),
            Map.of());

    assertThat(loaded.problems().stream().map(Problem::message))
        .containsExactly(
            "system property slipstream.cache.mod: unknown setting \"cache_mod\"; accepted:"
                + " \"cache_mode\" (did you mean this?); it is ignored");
  }

  @Test
  void load_ofASystemPropertyGivenTwice() {
    LoadedSettings loaded =
        SettingsLoader.load(
            null,
            Map.of("slipstream.cache.mode", "off", "slipstream.cache_mode", "serve"),
            Map.of());

    assertThat(loaded.settings().cache().mode()).isEqualTo(CacheMode.OFF);
    assertThat(loaded.problems().stream().map(Problem::message))
        .containsExactly(
            "system property slipstream.cache_mode: \"cache_mode\" is given twice; accepted: each"
                + " setting once; the first value is used");
  }

  @Test
  void load_ofAnUnknownVariable() {
    LoadedSettings loaded =
        SettingsLoader.load(
            null,
            Map.of(),
            Map.of(
                "SLIPSTREAM_LOGLEVEL", "warn",
                "SLIPSTREAM_CONSOLE_SERVICE_HOST", "10.0.0.1",
                "SLIPSTREAM_CONSOLE_PORT_8080_TCP_ADDR", "10.0.0.1",
                "SLIPSTREAM_CONSOLE_PORT", "tcp://10.0.0.1:8080",
                "HOME", "/root"));

    assertThat(loaded.problems().stream().map(Problem::message))
        .containsExactly(
            "environment: unknown variable \"SLIPSTREAM_LOGLEVEL\"; accepted:"
                + " \"SLIPSTREAM_LOG_LEVEL\" (did you mean this?); it is ignored");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          redis: {ulr: x} | 1:9: unknown setting "redis_ulr"; accepted: "redis_url" (did you mean this?); it is ignored
          config: other.yaml | 1:1: unknown setting "config"; accepted: the names in docs/configuration.md; it is ignored
          log_level: loud | 1:1: log_level: "loud" is not one of them; accepted: debug, info, warn or error; the default info is used
          {cache_mode: off, cache.mode: serve} | 1:19: "cache_mode" is given twice; accepted: each setting once; the first value is used
          - a | 1:1: not a map of settings; accepted: name: value, one on a line; the file is not used
          cache_mode: [[off]] | 1:13: "cache_mode" is a list of more than plain values; accepted: a value or a list of values; it is ignored
          [a]: b | 1:1: not the name of a setting; accepted: name: value, one on a line; it is ignored
          a: {b: {c: {d: {e: f}}}} | 1:17: not the name of a setting; accepted: name: value, one on a line; it is ignored
          cache_mode: "off | 1:17: YAML syntax: found unexpected end of stream; accepted: one well-formed YAML document; the file is not used
          redis_url: *secret | 1:12: YAML syntax: an alias without an anchor (a value that begins with "*" needs quotes); accepted: one well-formed YAML document; the file is not used
          """)
  void load_ofABadFile(String text, String message) throws Exception {
    Path file = write(text);
    LoadedSettings loaded = SettingsLoader.load("config=" + file, Map.of(), Map.of());

    assertThat(loaded.problems().stream().map(Problem::message))
        .containsExactly(file + ":" + message);
  }

  @Test
  void load_ofAFileThatIsNotUtf8() throws Exception {
    Path file = directory.resolve("s.yaml");
    Files.write(file, "enabled: true\nx: \u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(problems("config=" + file))
        .containsExactly(
            file
                + ":2:4: the file is not UTF-8; accepted: a readable YAML file in UTF-8 of at most"
                + " 1MB; the file is not used");
  }

  @Test
  void load_ofAFileTooLarge() throws Exception {
    Path file = write("#".repeat((1 << 20) + 1));

    assertThat(problems("config=" + file))
        .containsExactly(
            file
                + ": the file is larger than 1MB; accepted: a readable YAML file in UTF-8 of at"
                + " most 1MB; the file is not used");
  }

  @Test
  void load_ofMoreProblemsThanAnyoneReads() {
    StringBuilder arguments = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      arguments.append("zzz").append(i).append("=1,");
    }

    assertThat(problems(arguments.toString()))
        .hasSize(21)
        .last()
        .isEqualTo(
            "settings: 10 more problems; accepted: see the first 20; they are not listed here");
  }

  @Test
  void fromProcess_readsTheProcess() {
    assertThat(SettingsLoader.fromProcess("cache_mode=off").settings().cache().mode())
        .isEqualTo(CacheMode.OFF);
  }

  private static List<String> problems(String arguments) {
    return SettingsLoader.load(arguments, Map.of(), Map.of()).problems().stream()
        .map(Problem::message)
        .toList();
  }

  private Path write(String text) throws Exception {
    return Files.writeString(directory.resolve("settings.yaml"), text);
  }
}
