package dev.slipstream.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The table of settings: loading and docs/configuration.md both follow it. */
final class SettingsTable {

  private static final String NOT_IN_CLEAR = "Redis is not used: nothing is written there in clear";

  /** Where the settings file is; it cannot be set in the file itself. */
  static final Setting<Optional<Path>> CONFIG =
      own("config", ValueType.orNone(ValueType.path()), "none", "YAML file with settings.");

  static final Setting<Boolean> ENABLED =
      own("enabled", ValueType.flag(), "true", "The whole agent; `false` leaves the JVM as it is.");
  static final Setting<Optional<Path>> LOG_FILE =
      own(
          "log_file",
          ValueType.orNone(ValueType.path()),
          "none",
          "File the agent logs to; `none` is standard error.");
  static final Setting<LogLevel> LOG_LEVEL =
      own("log_level", ValueType.oneOf(LogLevel.class), "info", "Least important level logged.");

  static final Setting<List<String>> ENTRY_POINTS =
      own(
          "entry_points",
          ValueType.listOf(ValueType.method()),
          "none",
          "Further methods that answer requests, beside those of servlets and filters:"
              + " `com.example.Front#handle`, or all of a class, that return nothing and get a"
              + " servlet request and, next to it, a response.");

  static final Setting<Optional<RedisUrl>> REDIS_URL =
      new Setting<>(
          "redis_url",
          true,
          ValueType.orNone(ValueType.redisUrl()),
          "none",
          true,
          null,
          "Address of the shared tier; `none` turns it off.");
  static final Setting<Integer> REDIS_MAX_CONNECTIONS =
      wellKnown(
          "redis_max_connections",
          ValueType.integer(1, 1_000),
          "20",
          "Most connections open to Redis.");
  static final Setting<Duration> REDIS_SOCKET_TIMEOUT =
      wellKnown(
          "redis_socket_timeout",
          ValueType.seconds(Duration.ofMillis(100), Duration.ofMinutes(1)),
          "5",
          "How long connecting, or one answer, may take outside a request.");
  static final Setting<Duration> REDIS_HEALTH_CHECK_INTERVAL =
      wellKnown(
          "redis_health_check_interval",
          ValueType.seconds(Duration.ofSeconds(1), Duration.ofHours(1)),
          "30",
          "Time between two health checks of Redis.");
  static final Setting<Duration> L2_BUDGET =
      own(
          "l2_budget",
          ValueType.milliseconds(Duration.ofMillis(1), Duration.ofSeconds(10)),
          "50",
          "Longest time a request waits for Redis in all.");
  static final Setting<Duration> COHERENCE_MAX_STALENESS =
      own(
          "coherence_max_staleness",
          ValueType.seconds(Duration.ofSeconds(1), Duration.ofHours(1)),
          "60",
          "Longest time this process holds what it shares through Redis; while Redis is lost, an"
              + " answer that another gateway has invalidated is given for as long at most.");

  static final Setting<CacheMode> CACHE_MODE =
      wellKnown(
          "cache_mode",
          ValueType.oneOf(CacheMode.class),
          "serve",
          "`serve` stores and serves answers; `observe` changes no byte of any response and counts"
              + " what `serve` would have done; `off` lets every request pass.");
  static final Setting<Duration> CACHE_DEFAULT_TTL =
      wellKnown(
          "cache_default_ttl",
          ValueType.seconds(Duration.ofSeconds(1), Duration.ofDays(365)),
          "3600",
          "Freshness lifetime for rules without `ttl` and for direct calls; never for paths"
              + " without a rule.");
  static final Setting<Long> CACHE_MAX_MEMORY_MB =
      wellKnown(
          "cache_max_memory_mb",
          ValueType.megabytes(1, 1 << 20),
          "100",
          "Largest size of the tier in this process.");
  static final Setting<Optional<Integer>> CACHE_MAX_ITEMS =
      wellKnown(
          "cache_max_items",
          ValueType.orNone(ValueType.integer(1, 100_000_000)),
          "none",
          "Most entries of the tier in this process; `none` for as many as fit.");
  static final Setting<Integer> CACHE_COMPRESSION_THRESHOLD =
      wellKnown(
          "cache_compression_threshold",
          ValueType.bytes(0, 256 << 20),
          "1024",
          "Smallest body that is compressed for Redis.");
  static final Setting<CompressionType> CACHE_COMPRESSION_TYPE =
      wellKnown(
          "cache_compression_type",
          ValueType.oneOf(CompressionType.class),
          "zlib",
          "How bodies are compressed for Redis.");
  static final Setting<List<EncryptionKey>> CACHE_ENCRYPTION_KEY =
      new Setting<>(
          "cache_encryption_key",
          true,
          ValueType.encryptionKeys(),
          "none",
          true,
          NOT_IN_CLEAR,
          "Keys that entries are encrypted with in Redis (AES-256-GCM): the first encrypts, all"
              + " decrypt.");
  static final Setting<Optional<Path>> CACHE_ENCRYPTION_KEY_FILE =
      new Setting<>(
          "cache_encryption_key_file",
          true,
          ValueType.orNone(ValueType.path()),
          "none",
          false,
          NOT_IN_CLEAR,
          "File with such keys, one on a line; `#` begins a comment.");
  static final Setting<String> CACHE_KEY_PREFIX =
      wellKnown(
          "cache_key_prefix", ValueType.keyPrefix(), "apigw", "First part of every key in Redis.");
  static final Setting<Boolean> KEY_HOST =
      own(
          "key_host",
          ValueType.flag(),
          "true",
          "Whether scheme and host are part of the key; `false` only where all hosts serve the"
              + " same.");
  static final Setting<Integer> APP_CACHE_MAX_ITEMS =
      own(
          "app_cache_max_items",
          ValueType.integer(1, 10_000_000),
          "10000",
          "Most values that the caches of one application hold in this process, in all"
              + " ([application cache](application-cache.md)).");

  static final Setting<Boolean> CACHING_MIDDLEWARE_ENABLED =
      wellKnown("caching_middleware_enabled", ValueType.flag(), "true", "Caching of responses.");
  static final Setting<Boolean> SMART_CACHING_ENABLED =
      wellKnown(
          "smart_caching_enabled",
          ValueType.flag(),
          "true",
          "Whether what the application reads of a request refines the key.");
  static final Setting<Boolean> ADAPTIVE_TTL_ENABLED =
      wellKnown(
          "adaptive_ttl_enabled",
          ValueType.flag(),
          "true",
          "Whether freshness lifetimes follow the measured rate of change.");
  static final Setting<List<String>> CREDENTIAL_HEADERS =
      own(
          "credential_headers",
          ValueType.listOf(ValueType.fieldName()),
          "X-API-Key,X-Auth-Token,X-Forwarded-User",
          "Header fields that carry credentials, beside Authorization and Proxy-Authorization.");
  static final Setting<List<String>> HARMLESS_COOKIES =
      own(
          "harmless_cookies",
          ValueType.listOf(ValueType.namePattern()),
          "_ga,_ga_*,_gid,_gat*,_gcl_*,_gac_*,__utm*,_utm*,_fbp,_fbc,_hj*,_pk_*,_clck,_clsk,"
              + "_uetsid,_uetvid,_dc_gtm_*,_ttp,_scid,_pin_unauth,_mkto_trk,ajs_anonymous_id,"
              + "mp_*_mixpanel,OptanonConsent,OptanonAlertBoxClosed,CookieConsent,"
              + "cookieconsent_status,euconsent*,cookielawinfo-*,didomi_token,borlabs-cookie",
          "Cookies that say nothing about who is asking: analytics and consent.");
  static final Setting<Integer> MAX_BODY =
      own(
          "max_body",
          ValueType.bytes(1, 256 << 20),
          "1MB",
          "Largest response body that is captured.");
  static final Setting<Integer> MAX_VARIANTS =
      own("max_variants", ValueType.integer(1, 1_000), "64", "Most variants stored for one URL.");
  static final Setting<Duration> STALE_IF_ERROR =
      own(
          "stale_if_error",
          ValueType.seconds(Duration.ZERO, Duration.ofDays(1)),
          "60",
          "How long a stale answer may be served while the application cannot answer (exception,"
              + " 502, 503, 504, timeout) and the response does not forbid it; `0` turns it off.");
  static final Setting<Duration> COALESCING_WAIT =
      own(
          "coalescing_wait",
          ValueType.seconds(Duration.ZERO, Duration.ofMinutes(1)),
          "5",
          "How long a request waits for the answer of another one that asks for the same; `0` turns"
              + " it off.");
  static final Setting<Integer> COALESCING_WAITERS =
      own(
          "coalescing_waiters",
          ValueType.integer(0, 10_000),
          "100",
          "Most requests that wait so at one time, in all.");
  static final Setting<Duration> HIT_FOR_MISS =
      own(
          "hit_for_miss",
          ValueType.seconds(Duration.ZERO, Duration.ofHours(1)),
          "10",
          "How long it is remembered that the answer of a URL cannot be stored; `0` turns that"
              + " off, and has each answer of every URL looked at.");
  static final Setting<List<String>> TARGETED_FIELDS =
      own(
          "targeted_fields",
          ValueType.listOf(ValueType.fieldName()),
          "Slipstream-Cache-Control",
          "Response fields that come before Cache-Control, the first that is present counts"
              + " (RFC 9213); add CDN-Cache-Control where this gateway is the CDN.");
  static final Setting<List<String>> TAG_FIELDS =
      own(
          "tag_fields",
          ValueType.listOf(ValueType.fieldName()),
          "Surrogate-Key,Cache-Tag",
          "Response fields whose words become tags of the entry; they are taken out of answers"
              + " that are copied.");
  static final Setting<List<String>> SHAPING_FIELDS =
      own(
          "shaping_fields",
          ValueType.listOf(ValueType.fieldNamePattern()),
          "Accept,Accept-Language,Origin,Forwarded,X-Forwarded-*,X-Original-*,X-Rewrite-URL,X-Host,"
              + "X-HTTP-Method,X-HTTP-Method-Override,X-Method-Override",
          "Request fields that choose between answers when the application reads one of them, as if"
              + " the response's Vary had named it.");
  static final Setting<Boolean> CACHE_STATUS_KEY =
      own(
          "cache_status_key",
          ValueType.flag(),
          "false",
          "Whether `Cache-Status` shows the key as well: for a look at what is one entry.");
  static final Setting<Optional<String>> PURGE_TOKEN =
      new Setting<>(
          "purge_token",
          false,
          ValueType.orNone(ValueType.token()),
          "none",
          true,
          null,
          "Turns on the method PURGE for requests that have this token in `X-Purge-Token`.");

  static final Setting<Optional<String>> IDENTITY_SECRET =
      new Setting<>(
          "identity_secret",
          false,
          ValueType.orNone(ValueType.token()),
          "none",
          true,
          null,
          "Secret under which identities become parts of keys; without it gateways agree on one in"
              + " Redis.");

  static final Setting<Path> CACHE_RULES_CONFIG_FILE =
      wellKnown(
          "cache_rules_config_file",
          ValueType.path(),
          "cache_rules.yaml",
          "YAML file with cache rules ([rules](rules.md)).");
  static final Setting<Boolean> CACHE_RULES_DEFAULTS =
      wellKnown(
          "cache_rules_defaults",
          ValueType.flag(),
          "true",
          "Whether the rules that come with the agent are tried after your own.");

  static final Setting<PerformanceMode> PERFORMANCE_MODE =
      wellKnown(
          "performance_mode",
          ValueType.oneOf(PerformanceMode.class),
          "act",
          "Whether the optimizer acts, only records what it would have done, or does neither.");
  static final Setting<OptimizationLevel> PERFORMANCE_OPTIMIZATION_LEVEL =
      wellKnown(
          "performance_optimization_level",
          ValueType.oneOf(OptimizationLevel.class),
          "balanced",
          "How readily the optimizer acts.");
  static final Setting<Duration> PERFORMANCE_MONITORING_INTERVAL =
      wellKnown(
          "performance_monitoring_interval",
          ValueType.seconds(Duration.ofSeconds(1), Duration.ofHours(1)),
          "5",
          "Time between two samples.");
  static final Setting<Integer> PERFORMANCE_CPU_THRESHOLD =
      wellKnown(
          "performance_cpu_threshold",
          ValueType.percent(),
          "80",
          "Processor load that the optimizer's steps are measured from.");
  static final Setting<Integer> PERFORMANCE_MEMORY_THRESHOLD =
      wellKnown(
          "performance_memory_threshold",
          ValueType.percent(),
          "85",
          "Heap use after collection to act above.");
  static final Setting<Integer> PERFORMANCE_GC_THRESHOLD =
      wellKnown(
          "performance_gc_threshold",
          ValueType.percent(),
          "70",
          "Heap use after collection above which a collection may be asked for.");
  static final Setting<Integer> THROTTLE_FLOOR =
      own(
          "throttle_floor",
          ValueType.integer(1, 10_000),
          "20",
          "Requests of one endpoint that the application is always asked about at one time, however"
              + " slow it is: about a tenth of the container's threads.");
  static final Setting<List<String>> HEALTH_PATHS =
      own(
          "health_paths",
          ValueType.listOf(ValueType.requestPathPattern()),
          "/health,/health/*,/ping,*/healthz,*/livez,*/readyz,*/actuator/health,"
              + "*/actuator/health/*",
          "Paths of health checks, which are never refused; `*` for any characters.");

  static final Setting<Boolean> MANAGEMENT_SHOW_BODIES =
      own(
          "management_show_bodies",
          ValueType.flag(),
          "false",
          "Whether JMX and the console show the beginning of stored bodies that are text; never of"
              + " those of one identity.");

  static final Setting<Integer> JMX_PORT =
      own(
          "jmx_port",
          ValueType.integer(0, 65_535),
          "0",
          "Port of a JMX connector, for this machine alone unless TLS and passwords are set; 0 for"
              + " none.");
  static final Setting<Optional<String>> JMX_HOST =
      own(
          "jmx_host",
          ValueType.orNone(ValueType.host()),
          "none",
          "Address that the port is bound to; `none` is every address of the machine.");
  static final Setting<Optional<Path>> JMX_PASSWORD_FILE =
      own(
          "jmx_password_file",
          ValueType.orNone(ValueType.path()),
          "none",
          "File with who may use the port: `name:reader:password` or `name:operator:password`, one"
              + " on a line.");
  static final Setting<Optional<Path>> JMX_TLS_KEYSTORE =
      own(
          "jmx_tls_keystore",
          ValueType.orNone(ValueType.path()),
          "none",
          "PKCS #12 file with the key and certificate to speak TLS with on the port.");
  static final Setting<Optional<Path>> JMX_TLS_PASSWORD_FILE =
      own(
          "jmx_tls_password_file",
          ValueType.orNone(ValueType.path()),
          "none",
          "File with the password of that.");

  /** Every setting, in the order of the reference page. */
  static final List<Setting<?>> ALL =
      List.of(
          CONFIG,
          ENABLED,
          LOG_FILE,
          LOG_LEVEL,
          ENTRY_POINTS,
          REDIS_URL,
          REDIS_MAX_CONNECTIONS,
          REDIS_SOCKET_TIMEOUT,
          REDIS_HEALTH_CHECK_INTERVAL,
          L2_BUDGET,
          COHERENCE_MAX_STALENESS,
          CACHE_MODE,
          CACHE_DEFAULT_TTL,
          CACHE_MAX_MEMORY_MB,
          CACHE_MAX_ITEMS,
          CACHE_COMPRESSION_THRESHOLD,
          CACHE_COMPRESSION_TYPE,
          CACHE_ENCRYPTION_KEY,
          CACHE_ENCRYPTION_KEY_FILE,
          CACHE_KEY_PREFIX,
          KEY_HOST,
          APP_CACHE_MAX_ITEMS,
          CACHING_MIDDLEWARE_ENABLED,
          SMART_CACHING_ENABLED,
          ADAPTIVE_TTL_ENABLED,
          CREDENTIAL_HEADERS,
          HARMLESS_COOKIES,
          MAX_BODY,
          MAX_VARIANTS,
          STALE_IF_ERROR,
          COALESCING_WAIT,
          COALESCING_WAITERS,
          HIT_FOR_MISS,
          TARGETED_FIELDS,
          TAG_FIELDS,
          SHAPING_FIELDS,
          CACHE_STATUS_KEY,
          PURGE_TOKEN,
          IDENTITY_SECRET,
          CACHE_RULES_CONFIG_FILE,
          CACHE_RULES_DEFAULTS,
          PERFORMANCE_MODE,
          PERFORMANCE_OPTIMIZATION_LEVEL,
          PERFORMANCE_MONITORING_INTERVAL,
          PERFORMANCE_CPU_THRESHOLD,
          PERFORMANCE_MEMORY_THRESHOLD,
          PERFORMANCE_GC_THRESHOLD,
          THROTTLE_FLOOR,
          HEALTH_PATHS,
          MANAGEMENT_SHOW_BODIES,
          JMX_PORT,
          JMX_HOST,
          JMX_PASSWORD_FILE,
          JMX_TLS_KEYSTORE,
          JMX_TLS_PASSWORD_FILE);

  private SettingsTable() {}

  /** A setting whose variable is read with and without {@code SLIPSTREAM_}. */
  private static <T> Setting<T> wellKnown(
      String name, ValueType<T> type, String defaultText, String description) {
    return new Setting<>(name, true, type, defaultText, false, null, description);
  }

  /** A setting whose variable is read only with {@code SLIPSTREAM_}. */
  private static <T> Setting<T> own(
      String name, ValueType<T> type, String defaultText, String description) {
    return new Setting<>(name, false, type, defaultText, false, null, description);
  }
}
