package dev.slipstream.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of the agent, by feature; immutable, built once by {@link SettingsLoader}.
 *
 * <p>The text form has no secret.
 *
 * @param agent the agent as a whole
 * @param redis the shared tier
 * @param cache both tiers
 * @param http which requests are cached, and how
 * @param rules where cache rules come from
 * @param performance the optimizer
 * @param management what operators see of it
 * @param values each setting as text, with its origin; secrets are masked
 */
public record Settings(
    Agent agent,
    Redis redis,
    Cache cache,
    Http http,
    Rules rules,
    Performance performance,
    Management management,
    List<SettingValue> values) {

  public Settings {
    Objects.requireNonNull(agent);
    Objects.requireNonNull(redis);
    Objects.requireNonNull(cache);
    Objects.requireNonNull(http);
    Objects.requireNonNull(rules);
    Objects.requireNonNull(performance);
    Objects.requireNonNull(management);
    values = List.copyOf(values);
  }

  /**
   * The agent as a whole.
   *
   * @param enabled false: nothing is woven, every request passes through
   * @param logFile where the agent logs; null for standard error
   * @param logLevel the least important level that is logged
   * @param entryPoints further methods that answer requests: a class, or a class, a number sign and
   *     a method
   */
  public record Agent(
      boolean enabled, @Nullable Path logFile, LogLevel logLevel, List<String> entryPoints) {
    public Agent {
      Objects.requireNonNull(logLevel);
      entryPoints = List.copyOf(entryPoints);
    }
  }

  /**
   * The shared tier.
   *
   * @param url the address; null where there is no shared tier
   * @param origin where the address, or its absence, was set
   * @param maxConnections the largest number of open connections
   * @param socketTimeout how long connecting or one answer may take on maintenance threads
   * @param healthCheckInterval the time between two checks of the server
   * @param budget what a request may wait for the shared tier in all
   * @param maxStaleness how long this process holds what it shares
   */
  public record Redis(
      @Nullable RedisUrl url,
      String origin,
      int maxConnections,
      Duration socketTimeout,
      Duration healthCheckInterval,
      Duration budget,
      Duration maxStaleness) {
    public Redis {
      Objects.requireNonNull(origin);
      Objects.requireNonNull(socketTimeout);
      Objects.requireNonNull(healthCheckInterval);
      Objects.requireNonNull(budget);
      Objects.requireNonNull(maxStaleness);
    }

    /** Returns address and origin for the start-up line, without user and password. */
    public String display() {
      return (url == null ? "none" : url.toString()) + " (" + origin + ")";
    }
  }

  /**
   * Both tiers.
   *
   * @param mode what the HTTP cache does
   * @param defaultTtl the freshness lifetime for a rule without a TTL and for direct calls; never
   *     for a path without a rule
   * @param maxMemoryBytes the largest size of the tier in this process, in bytes
   * @param maxItems the most entries of it; null for as many as fit
   * @param compressionThresholdBytes the smallest body that is compressed, in bytes
   * @param compressionType how bodies are compressed in the shared tier
   * @param encryptionKeys what entries are encrypted with in the shared tier: the first encrypts,
   *     all decrypt; none for entries in clear
   * @param keyPrefix the first part of every key in the shared tier
   * @param keyHost whether scheme and authority are part of the key
   * @param applicationMaxItems the most values that the caches of one application hold in this
   *     process, in all
   */
  public record Cache(
      CacheMode mode,
      Duration defaultTtl,
      long maxMemoryBytes,
      @Nullable Integer maxItems,
      int compressionThresholdBytes,
      CompressionType compressionType,
      List<EncryptionKey> encryptionKeys,
      String keyPrefix,
      boolean keyHost,
      int applicationMaxItems) {
    public Cache {
      Objects.requireNonNull(mode);
      Objects.requireNonNull(defaultTtl);
      Objects.requireNonNull(compressionType);
      encryptionKeys = List.copyOf(encryptionKeys);
      Objects.requireNonNull(keyPrefix);
    }
  }

  /**
   * Which requests are cached, and how.
   *
   * @param cachingEnabled whether HTTP responses are cached at all
   * @param smartCachingEnabled whether what the application reads and states refines the key
   * @param adaptiveTtlEnabled whether freshness lifetimes follow the measured rate of change
   * @param credentialHeaders further header fields that carry credentials; case does not matter
   * @param harmlessCookies cookies that say nothing about who is asking
   * @param maxBodyBytes the largest response body that is captured, in bytes
   * @param maxVariants the most variants stored for one URL
   * @param staleIfError how long a stale answer may be served while the application cannot answer
   *     (RFC 5861, section 4) and the response does not forbid it; zero for never
   * @param coalescingWait how long a request waits for the answer of another one that asks for the
   *     same; zero for not at all
   * @param coalescingWaiters the most requests that wait so at one time, in all
   * @param hitForMiss how long it is remembered that the answer of a URL cannot be stored; zero for
   *     not at all
   * @param targetedFields response fields that come before Cache-Control (RFC 9213); the first that
   *     is present counts
   * @param tagFields response fields whose words become tags of the entry; the client does not get
   *     them
   * @param shapingFields request fields that choose between answers once the application reads
   *     them; case does not matter: {@link NamePatterns#matchesIgnoringCase}
   * @param cacheStatusKey whether Cache-Status shows the key
   * @param purgeToken what a PURGE request has to show; null where the method is not ours
   * @param identitySecret under which identities become parts of keys; null for one that gateways
   *     agree on
   */
  public record Http(
      boolean cachingEnabled,
      boolean smartCachingEnabled,
      boolean adaptiveTtlEnabled,
      List<String> credentialHeaders,
      NamePatterns harmlessCookies,
      int maxBodyBytes,
      int maxVariants,
      Duration staleIfError,
      Duration coalescingWait,
      int coalescingWaiters,
      Duration hitForMiss,
      List<String> targetedFields,
      List<String> tagFields,
      NamePatterns shapingFields,
      boolean cacheStatusKey,
      @Nullable String purgeToken,
      @Nullable String identitySecret) {
    public Http {
      credentialHeaders = List.copyOf(credentialHeaders);
      Objects.requireNonNull(harmlessCookies);
      Objects.requireNonNull(staleIfError);
      Objects.requireNonNull(coalescingWait);
      Objects.requireNonNull(hitForMiss);
      targetedFields = List.copyOf(targetedFields);
      tagFields = List.copyOf(tagFields);
      Objects.requireNonNull(shapingFields);
    }

    /** Returns all of it but the two secrets, of which it says only whether there are any. */
    @Override
    public String toString() {
      return new StringJoiner(", ", "Http[", "]")
          .add("cachingEnabled=" + cachingEnabled)
          .add("smartCachingEnabled=" + smartCachingEnabled)
          .add("adaptiveTtlEnabled=" + adaptiveTtlEnabled)
          .add("credentialHeaders=" + credentialHeaders)
          .add("harmlessCookies=" + harmlessCookies)
          .add("maxBodyBytes=" + maxBodyBytes)
          .add("maxVariants=" + maxVariants)
          .add("staleIfError=" + staleIfError)
          .add("coalescingWait=" + coalescingWait)
          .add("coalescingWaiters=" + coalescingWaiters)
          .add("hitForMiss=" + hitForMiss)
          .add("targetedFields=" + targetedFields)
          .add("tagFields=" + tagFields)
          .add("shapingFields=" + shapingFields)
          .add("cacheStatusKey=" + cacheStatusKey)
          .add("purgeToken=" + (purgeToken == null ? "none" : "***"))
          .add("identitySecret=" + (identitySecret == null ? "none" : "***"))
          .toString();
    }
  }

  /**
   * Where cache rules come from.
   *
   * @param file the operator's rules
   * @param fileGiven whether the operator named the file; then it has to exist
   * @param defaultsEnabled whether the rules that come with the agent are tried after it
   */
  public record Rules(Path file, boolean fileGiven, boolean defaultsEnabled) {
    public Rules {
      Objects.requireNonNull(file);
    }
  }

  /**
   * The optimizer.
   *
   * @param mode whether it acts
   * @param level how readily it acts
   * @param monitoringInterval the time between two samples
   * @param cpuThresholdPercent the processor load it acts above
   * @param memoryThresholdPercent the heap use after collection it acts above
   * @param gcThresholdPercent the heap use after collection above which it may ask for a collection
   * @param throttleFloor how many requests of an endpoint may be under way, however slow it is
   * @param healthPaths the paths of health checks, which are never refused
   */
  public record Performance(
      PerformanceMode mode,
      OptimizationLevel level,
      Duration monitoringInterval,
      int cpuThresholdPercent,
      int memoryThresholdPercent,
      int gcThresholdPercent,
      int throttleFloor,
      NamePatterns healthPaths) {
    public Performance {
      Objects.requireNonNull(healthPaths);
      Objects.requireNonNull(mode);
      Objects.requireNonNull(level);
      Objects.requireNonNull(monitoringInterval);
    }
  }

  /**
   * What operators see.
   *
   * @param showBodies whether the beginning of stored bodies is shown, those of one identity
   *     excepted
   * @param remote the remote JMX connector
   */
  public record Management(boolean showBodies, Remote remote) {}

  /**
   * The remote JMX connector.
   *
   * @param port 0 for none
   * @param host what to bind to, or null for every address of the machine
   * @param passwordFile users, roles and passwords, or null for none
   * @param keyStore what to speak TLS with, or null for plain text
   * @param keyStorePasswordFile the password of that
   */
  public record Remote(
      int port,
      @Nullable String host,
      @Nullable Path passwordFile,
      @Nullable Path keyStore,
      @Nullable Path keyStorePasswordFile) {}
}
