package dev.slipstream.engine.http;

import dev.slipstream.config.Settings;
import dev.slipstream.config.jmx.EntryReport;
import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.Inspected;
import dev.slipstream.engine.redis.FoundEntry;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an operator is shown of a stored entry: everything but secrets, and its body only where the
 * settings say so and it is of no identity.
 */
public final class Inspection {
  private static final int SHOWN_CHARACTERS = 4_096;
  private static final int MOST_BYTES_A_CHARACTER = 4;
  private static final List<String> TEXTS =
      List.of("text/", "json", "xml", "javascript", "yaml", "csv", "urlencoded", "graphql");

  private final Secrets secrets;
  private final boolean showsBodies;
  private final InstantSource clock;

  /** Shows what the settings allow. */
  public Inspection(Settings settings, InstantSource clock) {
    this.secrets = new Secrets(settings.http().credentialHeaders());
    this.showsBodies = settings.management().showBodies();
    this.clock = clock;
  }

  /** What is shown of what is under a key. */
  public EntryReport report(String key, Inspected inspected) {
    CacheEntry entry = inspected.entry();
    return entry instanceof StoredResponse response
        ? response(key, inspected, response)
        : other(key, inspected, entry);
  }

  private EntryReport response(String key, Inspected inspected, StoredResponse response) {
    long now = clock.millis();
    long ttl = response.expiresAtMillis() - now;
    long fresh = response.remainingMillis(now);
    boolean validated = response.lifetime().alwaysValidated();
    Map<String, String> variant = CacheKeys.selecting(key);
    boolean someones =
        CacheKeys.hasIdentity(key) || variant.keySet().stream().anyMatch(secrets::areIn);
    return new EntryReport(
        key,
        inspected.inMemory(),
        inspected.inRedis() != null,
        response.status(),
        response.storedAtMillis(),
        response.ageMillis(now),
        Math.max(0, ttl),
        fresh,
        ttl <= 0 ? "expired" : fresh > 0 && !validated ? "fresh" : "stale",
        bytes(inspected, response),
        response.body().length,
        text(response.fields().combined("Content-Type")),
        text(response.fields().combined("Content-Encoding")),
        response.tags(),
        fields(response),
        masked(variant),
        rule(response.tags()),
        showsBodies && !someones ? excerpt(response) : null);
  }

  /** A value of an application, an index of variants, or what cannot be read. */
  private EntryReport other(String key, Inspected inspected, @Nullable CacheEntry entry) {
    long now = clock.millis();
    FoundEntry found = inspected.inRedis();
    long stored =
        entry != null ? entry.storedAtMillis() : found != null ? found.begunAtMillis() : 0;
    Long ttl =
        entry != null
            ? Long.valueOf(Math.max(0, entry.expiresAtMillis() - now))
            : found != null ? Long.valueOf(found.ttlMillis()) : null;
    return new EntryReport(
        key,
        inspected.inMemory(),
        found != null,
        0,
        stored,
        Math.max(0, now - stored),
        ttl,
        null,
        ttl != null && ttl > 0 ? "fresh" : "expired",
        bytes(inspected, entry),
        0,
        "",
        "",
        entry != null ? entry.tags() : found != null ? found.tags() : List.of(),
        Map.of(),
        Map.of(),
        "",
        null);
  }

  private static long bytes(Inspected inspected, @Nullable CacheEntry entry) {
    FoundEntry found = inspected.inRedis();
    return found != null && !inspected.inMemory()
        ? found.bytes()
        : entry == null ? 0 : entry.weightBytes();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static String rule(List<String> tags) {
    return tags.stream()
        .filter(tag -> tag.startsWith(Admission.RULE_TAG))
        .map(tag -> tag.substring(Admission.RULE_TAG.length()))
        .findFirst()
        .orElse("");
  }

  private Map<String, String> fields(StoredResponse response) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    response.fields().forEach((name, value) -> add(all, name, value));
    response.appended().forEach((name, value) -> add(all, name, value));
    return all;
  }

  private void add(Map<String, String> all, String name, String value) {
    if (secrets.areIn(name)) {
      all.put(name, Secrets.MASK);
    } else {
      all.merge(name, value, (one, other) -> one + ", " + other);
    }
  }

  private Map<String, String> masked(Map<String, String> variant) {
    Map<String, String> all = new TreeMap<>();
    variant.forEach(
        (name, value) ->
            all.put(name, name.equals("(id)") || secrets.areIn(name) ? Secrets.MASK : value));
    return all;
  }

  private static @Nullable String excerpt(StoredResponse response) {
    String type = text(response.fields().combined("Content-Type")).toLowerCase(Locale.ROOT);
    String coding = text(response.fields().combined("Content-Encoding"));
    boolean plain = coding.isEmpty() || coding.equalsIgnoreCase("identity");
    if (!plain || TEXTS.stream().noneMatch(type::contains)) {
      return null;
    }
    byte[] body = response.body();
    int length = Math.min(body.length, SHOWN_CHARACTERS * MOST_BYTES_A_CHARACTER);
    String shown = new String(body, 0, length, charset(type));
    return shown.substring(0, Math.min(shown.length(), SHOWN_CHARACTERS));
  }

  private static Charset charset(String type) {
    int at = type.indexOf("charset=");
    if (at < 0) {
      return StandardCharsets.UTF_8;
    }
    String name = type.substring(at + "charset=".length()).split("[;, ]", 2)[0].replace("\"", "");
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }
}
