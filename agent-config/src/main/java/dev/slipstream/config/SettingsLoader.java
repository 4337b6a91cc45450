package dev.slipstream.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds the settings from their sources; what is wrong in them is reported, never thrown.
 *
 * <p>The first source that sets a setting counts: agent argument, system property, environment with
 * {@code SLIPSTREAM_}, environment without (for settings that have such a name), settings file,
 * default. A bad value gives way to the default, not to the next source.
 */
public final class SettingsLoader {

  private static final String DEFAULT_ORIGIN = "default";
  private static final String KEYS_BAD_ORIGIN =
      "turned off: what entries are to be encrypted with cannot be used";

  private final SettingsSources sources;
  private final Problems problems;
  private final List<SettingValue> values = new ArrayList<>();
  private final Map<Setting<?>, String> origins = new HashMap<>();
  private final Set<Setting<?>> bad = new HashSet<>();

  private SettingsLoader(SettingsSources sources, Problems problems) {
    this.sources = sources;
    this.problems = problems;
  }

  /** Loads from this process; the only place that reads its properties and environment. */
  public static LoadedSettings fromProcess(@Nullable String agentArguments) {
    Properties properties = System.getProperties();
    Map<String, String> systemProperties = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      systemProperties.put(name, properties.getProperty(name, ""));
    }
    return load(agentArguments, systemProperties, System.getenv());
  }

  /**
   * Loads from the given sources, and from the settings file that they name.
   *
   * @param agentArguments the text after {@code =} in {@code -javaagent}
   * @param systemProperties all of them; those that begin with {@code slipstream.} are ours
   * @param environment all of it
   */
  public static LoadedSettings load(
      @Nullable String agentArguments,
      Map<String, String> systemProperties,
      Map<String, String> environment) {
    Problems problems = new Problems("settings");
    SettingsSources sources =
        new SettingsSources(
            AgentArguments.parse(agentArguments), systemProperties, environment, problems);
    SettingsLoader loader = new SettingsLoader(sources, problems);
    loader.value(SettingsTable.CONFIG).ifPresent(sources::addFile);
    Settings settings = loader.settings();
    return new LoadedSettings(settings, problems.toList());
  }

  private Settings settings() {
    EncryptionKeys keys = encryptionKeys();
    return new Settings(
        agent(), redis(keys), cache(keys), http(), rules(), performance(), management(), values);
  }

  /** The keys to encrypt with, and whether any are set that cannot be used. */
  private record EncryptionKeys(List<EncryptionKey> usable, boolean bad) {}

  private EncryptionKeys encryptionKeys() {
    List<EncryptionKey> keys = value(SettingsTable.CACHE_ENCRYPTION_KEY);
    Path file = value(SettingsTable.CACHE_ENCRYPTION_KEY_FILE).orElse(null);
    boolean bad =
        isBad(SettingsTable.CACHE_ENCRYPTION_KEY) || isBad(SettingsTable.CACHE_ENCRYPTION_KEY_FILE);
    if (file != null) {
      try {
        keys = EncryptionKeyFile.read(file, keys);
      } catch (InvalidValueException e) {
        bad = true;
        problems.add(
            new Problem(
                file.toString(),
                "the file " + e.what(),
                EncryptionKeyFile.ACCEPTED,
                SettingsTable.CACHE_ENCRYPTION_KEY_FILE.consequence()));
      }
    }
    return new EncryptionKeys(bad ? List.of() : keys, bad);
  }

  private boolean isBad(Setting<?> setting) {
    return bad.contains(setting);
  }

  private Settings.Agent agent() {
    return new Settings.Agent(
        value(SettingsTable.ENABLED),
        value(SettingsTable.LOG_FILE).orElse(null),
        value(SettingsTable.LOG_LEVEL),
        value(SettingsTable.ENTRY_POINTS));
  }

  private Settings.Redis redis(EncryptionKeys keys) {
    Optional<RedisUrl> url = value(SettingsTable.REDIS_URL);
    return new Settings.Redis(
        url.isPresent() && !keys.bad() ? url.get() : null,
        url.isPresent() && keys.bad() ? KEYS_BAD_ORIGIN : origin(SettingsTable.REDIS_URL),
        value(SettingsTable.REDIS_MAX_CONNECTIONS),
        value(SettingsTable.REDIS_SOCKET_TIMEOUT),
        value(SettingsTable.REDIS_HEALTH_CHECK_INTERVAL),
        value(SettingsTable.L2_BUDGET),
        value(SettingsTable.COHERENCE_MAX_STALENESS));
  }

  private Settings.Cache cache(EncryptionKeys keys) {
    return new Settings.Cache(
        value(SettingsTable.CACHE_MODE),
        value(SettingsTable.CACHE_DEFAULT_TTL),
        value(SettingsTable.CACHE_MAX_MEMORY_MB),
        value(SettingsTable.CACHE_MAX_ITEMS).orElse(null),
        value(SettingsTable.CACHE_COMPRESSION_THRESHOLD),
        value(SettingsTable.CACHE_COMPRESSION_TYPE),
        keys.usable(),
        value(SettingsTable.CACHE_KEY_PREFIX),
        value(SettingsTable.KEY_HOST),
        value(SettingsTable.APP_CACHE_MAX_ITEMS));
  }

  private Settings.Http http() {
    return new Settings.Http(
        value(SettingsTable.CACHING_MIDDLEWARE_ENABLED),
        value(SettingsTable.SMART_CACHING_ENABLED),
        value(SettingsTable.ADAPTIVE_TTL_ENABLED),
        value(SettingsTable.CREDENTIAL_HEADERS),
        new NamePatterns(value(SettingsTable.HARMLESS_COOKIES)),
        value(SettingsTable.MAX_BODY),
        value(SettingsTable.MAX_VARIANTS),
        value(SettingsTable.STALE_IF_ERROR),
        value(SettingsTable.COALESCING_WAIT),
        value(SettingsTable.COALESCING_WAITERS),
        value(SettingsTable.HIT_FOR_MISS),
        value(SettingsTable.TARGETED_FIELDS),
        value(SettingsTable.TAG_FIELDS),
        new NamePatterns(value(SettingsTable.SHAPING_FIELDS)),
        value(SettingsTable.CACHE_STATUS_KEY),
        value(SettingsTable.PURGE_TOKEN).orElse(null),
        value(SettingsTable.IDENTITY_SECRET).orElse(null));
  }

  private Settings.Rules rules() {
    return new Settings.Rules(
        value(SettingsTable.CACHE_RULES_CONFIG_FILE),
        !origin(SettingsTable.CACHE_RULES_CONFIG_FILE).equals(DEFAULT_ORIGIN),
        value(SettingsTable.CACHE_RULES_DEFAULTS));
  }

  private Settings.Performance performance() {
    return new Settings.Performance(
        value(SettingsTable.PERFORMANCE_MODE),
        value(SettingsTable.PERFORMANCE_OPTIMIZATION_LEVEL),
        value(SettingsTable.PERFORMANCE_MONITORING_INTERVAL),
        value(SettingsTable.PERFORMANCE_CPU_THRESHOLD),
        value(SettingsTable.PERFORMANCE_MEMORY_THRESHOLD),
        value(SettingsTable.PERFORMANCE_GC_THRESHOLD),
        value(SettingsTable.THROTTLE_FLOOR),
        new NamePatterns(value(SettingsTable.HEALTH_PATHS)));
  }

  private Settings.Management management() {
    return new Settings.Management(
        value(SettingsTable.MANAGEMENT_SHOW_BODIES),
        new Settings.Remote(
            value(SettingsTable.JMX_PORT),
            value(SettingsTable.JMX_HOST).orElse(null),
            value(SettingsTable.JMX_PASSWORD_FILE).orElse(null),
            value(SettingsTable.JMX_TLS_KEYSTORE).orElse(null),
            value(SettingsTable.JMX_TLS_PASSWORD_FILE).orElse(null)));
  }

  private String origin(Setting<?> setting) {
    return Objects.requireNonNull(origins.get(setting), "not read yet");
  }

  private <T> T value(Setting<T> setting) {
    SourcedText found = sources.find(setting);
    if (found == null) {
      return use(setting, setting.defaultValue(), setting.defaultText(), DEFAULT_ORIGIN);
    }
    try {
      String text = found.text().strip();
      return use(setting, setting.type().parse(text), text, found.origin());
    } catch (InvalidValueException e) {
      String value = setting.secret() ? "the value" : Problem.quote(found.text().strip());
      problems.add(
          new Problem(
              found.origin(),
              setting.name() + ": " + value + " " + e.what(),
              setting.type().accepted(),
              setting.consequence()));
      bad.add(setting);
      return use(setting, setting.defaultValue(), setting.defaultText(), DEFAULT_ORIGIN);
    }
  }

  private <T> T use(Setting<T> setting, T value, String text, String origin) {
    boolean masked = setting.secret() && !text.equals(setting.defaultText());
    values.add(new SettingValue(setting.name(), masked ? "***" : text, origin));
    origins.put(setting, origin);
    return value;
  }
}
