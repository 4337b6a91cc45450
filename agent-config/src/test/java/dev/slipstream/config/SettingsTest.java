package dev.slipstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The defaults, and that each setting reaches the field it is for. */
class SettingsTest {

  private record Row(
      String name, String text, Object value, Object byDefault, Function<Settings, Object> field) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(
      String name, String text, Object value, Object byDefault, Function<Settings, Object> field) {
    return new Row(name, text, value, byDefault, field);
  }

  static List<Row> rows() {
    return List.of(
        row("enabled", "false", false, true, s -> s.agent().enabled()),
        row(
            "log_file",
            "/tmp/agent.log",
            Path.of("/tmp/agent.log"),
            null,
            s -> s.agent().logFile()),
        row("log_level", "debug", LogLevel.DEBUG, LogLevel.INFO, s -> s.agent().logLevel()),
        row(
            "entry_points",
            "com.acme.Front#handle, com.acme.Back$End",
            List.of("com.acme.Front#handle", "com.acme.Back$End"),
            List.of(),
            s -> s.agent().entryPoints()),
        row("redis_url", "redis://cache/2", "redis://cache:6379/2", null, SettingsTest::redisUrl),
        row("redis_max_connections", "7", 7, 20, s -> s.redis().maxConnections()),
        row(
            "redis_socket_timeout",
            "500ms",
            millis(500),
            seconds(5),
            s -> s.redis().socketTimeout()),
        row(
            "redis_health_check_interval",
            "1m",
            seconds(60),
            seconds(30),
            s -> s.redis().healthCheckInterval()),
        row("l2_budget", "20", millis(20), millis(50), s -> s.redis().budget()),
        row(
            "coherence_max_staleness",
            "5",
            millis(5_000),
            millis(60_000),
            s -> s.redis().maxStaleness()),
        row("cache_mode", "observe", CacheMode.OBSERVE, CacheMode.SERVE, s -> s.cache().mode()),
        row("cache_default_ttl", "60", seconds(60), seconds(3600), s -> s.cache().defaultTtl()),
        row("cache_max_memory_mb", "2GB", 2L << 30, 100L << 20, s -> s.cache().maxMemoryBytes()),
        row("cache_max_items", "500", 500, null, s -> s.cache().maxItems()),
        row(
            "cache_compression_threshold",
            "4KB",
            4096,
            1024,
            s -> s.cache().compressionThresholdBytes()),
        row(
            "cache_encryption_key",
            "k2:" + "B".repeat(43) + "=, k1:" + "A".repeat(43) + "=",
            "[k2:***, k1:***]",
            "[]",
            s -> s.cache().encryptionKeys().toString()),
        row(
            "cache_encryption_key_file",
            "src/test/resources/encryption_keys",
            "[k3:***, k1:***]",
            "[]",
            s -> s.cache().encryptionKeys().toString()),
        row(
            "cache_compression_type",
            "GZIP",
            CompressionType.GZIP,
            CompressionType.ZLIB,
            s -> s.cache().compressionType()),
        row("cache_key_prefix", "edge", "edge", "apigw", s -> s.cache().keyPrefix()),
        row("jmx_port", "9010", 9010, 0, s -> s.management().remote().port()),
        row("jmx_host", "::1", "::1", null, s -> s.management().remote().host()),
        row(
            "jmx_password_file",
            "/p",
            Path.of("/p"),
            null,
            s -> s.management().remote().passwordFile()),
        row("jmx_tls_keystore", "/k", Path.of("/k"), null, s -> s.management().remote().keyStore()),
        row(
            "jmx_tls_password_file",
            "/w",
            Path.of("/w"),
            null,
            s -> s.management().remote().keyStorePasswordFile()),
        row("management_show_bodies", "yes", true, false, s -> s.management().showBodies()),
        row("key_host", "no", false, true, s -> s.cache().keyHost()),
        row("app_cache_max_items", "5", 5, 10_000, s -> s.cache().applicationMaxItems()),
        row("caching_middleware_enabled", "off", false, true, s -> s.http().cachingEnabled()),
        row("smart_caching_enabled", "0", false, true, s -> s.http().smartCachingEnabled()),
        row("adaptive_ttl_enabled", "false", false, true, s -> s.http().adaptiveTtlEnabled()),
        row(
            "credential_headers",
            "X-Id, X-Team",
            List.of("X-Id", "X-Team"),
            List.of("X-API-Key", "X-Auth-Token", "X-Forwarded-User"),
            s -> s.http().credentialHeaders()),
        row(
            "harmless_cookies",
            "theme",
            false,
            true,
            s -> s.http().harmlessCookies().matches("_ga")),
        row("max_body", "64KB", 64 << 10, 1 << 20, s -> s.http().maxBodyBytes()),
        row("max_variants", "8", 8, 64, s -> s.http().maxVariants()),
        row("stale_if_error", "0", Duration.ZERO, seconds(60), s -> s.http().staleIfError()),
        row("coalescing_wait", "250ms", millis(250), seconds(5), s -> s.http().coalescingWait()),
        row("coalescing_waiters", "0", 0, 100, s -> s.http().coalescingWaiters()),
        row("hit_for_miss", "1h", seconds(3600), seconds(10), s -> s.http().hitForMiss()),
        row(
            "targeted_fields",
            "Slipstream-Cache-Control, CDN-Cache-Control",
            List.of("Slipstream-Cache-Control", "CDN-Cache-Control"),
            List.of("Slipstream-Cache-Control"),
            s -> s.http().targetedFields()),
        row(
            "tag_fields",
            "none",
            List.of(),
            List.of("Surrogate-Key", "Cache-Tag"),
            s -> s.http().tagFields()),
        row(
            "shaping_fields",
            "X-Locale-*, Origin",
            new NamePatterns(List.of("X-Locale-*", "Origin")),
            new NamePatterns(
                List.of(
                    "Accept",
                    "Accept-Language",
                    "Origin",
                    "Forwarded",
                    "X-Forwarded-*",
                    "X-Original-*",
                    "X-Rewrite-URL",
                    "X-Host",
                    "X-HTTP-Method",
                    "X-HTTP-Method-Override",
                    "X-Method-Override")),
            s -> s.http().shapingFields()),
        row("cache_status_key", "true", true, false, s -> s.http().cacheStatusKey()),
        row(
            "purge_token",
            "0123456789abcdef",
            "0123456789abcdef",
            null,
            s -> s.http().purgeToken()),
        row(
            "identity_secret",
            "0123456789abcdef",
            "0123456789abcdef",
            null,
            s -> s.http().identitySecret()),
        row(
            "cache_rules_config_file",
            "r.yaml",
            Path.of("r.yaml"),
            Path.of("cache_rules.yaml"),
            s -> s.rules().file()),
        row("cache_rules_defaults", "false", false, true, s -> s.rules().defaultsEnabled()),
        row(
            "performance_mode",
            "observe",
            PerformanceMode.OBSERVE,
            PerformanceMode.ACT,
            s -> s.performance().mode()),
        row(
            "performance_optimization_level",
            "adaptive",
            OptimizationLevel.ADAPTIVE,
            OptimizationLevel.BALANCED,
            s -> s.performance().level()),
        row(
            "performance_monitoring_interval",
            "10s",
            seconds(10),
            seconds(5),
            s -> s.performance().monitoringInterval()),
        row("performance_cpu_threshold", "50%", 50, 80, s -> s.performance().cpuThresholdPercent()),
        row(
            "performance_memory_threshold",
            "60 %",
            60,
            85,
            s -> s.performance().memoryThresholdPercent()),
        row("performance_gc_threshold", "40", 40, 70, s -> s.performance().gcThresholdPercent()),
        row("throttle_floor", "8", 8, 20, s -> s.performance().throttleFloor()),
        row(
            "health_paths",
            "/up, /status/*",
            new NamePatterns(List.of("/up", "/status/*")),
            new NamePatterns(
                List.of(
                    "/health",
                    "/health/*",
                    "/ping",
                    "*/healthz",
                    "*/livez",
                    "*/readyz",
                    "*/actuator/health",
                    "*/actuator/health/*")),
            s -> s.performance().healthPaths()));
  }

  private static Object redisUrl(Settings settings) {
    RedisUrl url = settings.redis().url();
    return url == null ? null : url.toString();
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Duration millis(long milliseconds) {
    return Duration.ofMillis(milliseconds);
  }

  @Test
  void rows_areAllSettings() {
    assertThat(Stream.concat(Stream.of("config"), rows().stream().map(Row::name)))
        .containsExactlyInAnyOrderElementsOf(
            SettingsTable.ALL.stream().map(Setting::name).toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void setting_whereNothingIsSet(Row row) {
    LoadedSettings loaded = SettingsLoader.load(null, Map.of(), Map.of());

    assertThat(loaded.problems()).isEmpty();
    assertThat(row.field().apply(loaded.settings())).isEqualTo(row.byDefault());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void setting_asSystemProperty(Row row) {
    LoadedSettings loaded =
        SettingsLoader.load(null, Map.of("slipstream." + row.name(), row.text()), Map.of());

    assertThat(loaded.problems()).isEmpty();
    assertThat(row.field().apply(loaded.settings())).isEqualTo(row.value());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void setting_asVariableWithPrefix(Row row) {
    String variable = "SLIPSTREAM_" + row.name().toUpperCase(Locale.ROOT);
    LoadedSettings loaded = SettingsLoader.load(null, Map.of(), Map.of(variable, row.text()));

    assertThat(loaded.problems()).isEmpty();
    assertThat(row.field().apply(loaded.settings())).isEqualTo(row.value());
  }

  @Test
  void http_hasEveryComponentInItsTextForm() {
    String text = SettingsLoader.load(null, Map.of(), Map.of()).settings().http().toString();

    for (RecordComponent component : Settings.Http.class.getRecordComponents()) {
      assertThat(text).containsOnlyOnce(component.getName() + "=");
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void setting_asVariableWithoutPrefix(Row row) {
    List<String> own =
        List.of(
            "enabled",
            "log_file",
            "log_level",
            "l2_budget",
            "coherence_max_staleness",
            "key_host",
            "app_cache_max_items",
            "credential_headers",
            "harmless_cookies",
            "max_body",
            "max_variants",
            "stale_if_error",
            "coalescing_wait",
            "coalescing_waiters",
            "hit_for_miss",
            "targeted_fields",
            "tag_fields",
            "shaping_fields",
            "entry_points",
            "cache_status_key",
            "purge_token",
            "identity_secret",
            "throttle_floor",
            "health_paths",
            "management_show_bodies",
            "jmx_port",
            "jmx_host",
            "jmx_password_file",
            "jmx_tls_keystore",
            "jmx_tls_password_file");
    String variable = row.name().toUpperCase(Locale.ROOT);
    LoadedSettings loaded = SettingsLoader.load(null, Map.of(), Map.of(variable, row.text()));

    assertThat(loaded.problems()).isEmpty();
    assertThat(row.field().apply(loaded.settings()))
        .isEqualTo(own.contains(row.name()) ? row.byDefault() : row.value());
  }
}
