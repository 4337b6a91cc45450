package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.EndpointStatistics;
import dev.slipstream.config.jmx.HttpCacheMXBean;
import dev.slipstream.config.jmx.ObservedEndpoint;
import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.engine.http.HttpCache;
import dev.slipstream.engine.http.HttpCacheCounters;
import dev.slipstream.engine.http.Refusal;
import dev.slipstream.engine.profile.Endpoints;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The HTTP cache, for JMX. */
final class HttpCacheMBean implements HttpCacheMXBean {
  private final HttpCache cache;
  private final HttpCacheCounters counters;
  private final Endpoints endpoints;
  private final Duration defaultTtl;

  HttpCacheMBean(HttpCache cache, Endpoints endpoints, Duration defaultTtl) {
    this.endpoints = endpoints;
    this.cache = cache;
    this.counters = cache.counters();
    this.defaultTtl = defaultTtl;
  }

  @Override
  public long getRequests() {
    return counters.hits() + counters.misses() + counters.bypasses();
  }

  @Override
  public long getHits() {
    return counters.hits();
  }

  @Override
  public long getMisses() {
    return counters.misses();
  }

  @Override
  public long getBypasses() {
    return counters.bypasses();
  }

  @Override
  public @Nullable Double getHitRatio() {
    return Ratio.of(counters.hits(), counters.misses());
  }

  @Override
  public @Nullable Double getMeanResponseTimeMillis() {
    return counters.meanMillis();
  }

  @Override
  public long getValidations() {
    return counters.validations();
  }

  @Override
  public long getStaleHits() {
    return counters.staleHits();
  }

  @Override
  public long getStaleAnswers() {
    return counters.staleAnswers();
  }

  @Override
  public long getCollapsedHits() {
    return counters.collapsedHits();
  }

  @Override
  public List<String> getUnkeyedFields() {
    return List.copyOf(counters.unkeyedFields());
  }

  @Override
  public List<EndpointStatistics> getEndpoints() {
    return endpoints.statistics();
  }

  @Override
  public List<ObservedEndpoint> getObservations() {
    return cache.observations().all();
  }

  @Override
  public long getStores() {
    return counters.stores();
  }

  @Override
  public Map<String, Long> getRefusals() {
    Map<String, Long> refusals = new TreeMap<>();
    for (Refusal refusal : Refusal.values()) {
      refusals.put(refusal.name().toLowerCase(Locale.ROOT), counters.refusals(refusal));
    }
    return refusals;
  }

  @Override
  public List<String> getRules() {
    return cache.rules().rules().stream().filter(CacheRule::enabled).map(this::describe).toList();
  }

  private String describe(CacheRule rule) {
    Duration ttl = rule.ttl();
    return rule.name() + " " + rule.pattern() + " " + (ttl == null ? defaultTtl : ttl).toSeconds();
  }

  @Override
  public boolean isIdentitySecretShared() {
    return cache.isIdentitySecretShared();
  }
}
