package dev.slipstream.config.jmx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP cache. Each exchange is counted once, as a hit, a miss or a bypass. */
@Description("The HTTP cache: exchanges and how they were answered")
public interface HttpCacheMXBean {
  @Description("Exchanges since the start, without those that are only observed")
  long getRequests();

  @Description("Exchanges answered from the cache since the start")
  long getHits();

  @Description("Exchanges the cache might have answered and did not, since the start")
  long getMisses();

  @Description("Exchanges in which the cache took no part, since the start")
  long getBypasses();

  @Description("Hits as a share of hits and misses, 0 to 1; absent before the first of them")
  @Nullable Double getHitRatio();

  @Description("Mean time of an exchange, in milliseconds; absent before the first has ended")
  @Nullable Double getMeanResponseTimeMillis();

  @Description("Misses answered by what was stored, since the application confirmed it with 304")
  long getValidations();

  @Description("Hits that were stale: being refreshed, or accepted so by the request")
  long getStaleHits();

  @Description("Misses answered by what was stored, since the application failed")
  long getStaleAnswers();

  @Description("Hits on what another request fetched while they waited for it")
  long getCollapsedHits();

  @Description("Answers stored since the start")
  long getStores();

  @Description(
      "Answers that were looked at and not stored since the start, by reason; of URLs whose answers"
          + " cannot be stored time after time one in 100 ms is looked at")
  Map<String, Long> getRefusals();

  @Description("Cache rules in force, in order: name, pattern and freshness lifetime in seconds")
  List<String> getRules();

  @Description(
      "Request fields that applications read and that choose no answer; names, at most 100")
  List<String> getUnkeyedFields();

  @Description(
      "Exchanges by endpoint since the start; times in microseconds; busiest first, at most 500")
  List<EndpointStatistics> getEndpoints();

  @Description("What would have been, by endpoint, where the cache only observes; busiest first")
  List<ObservedEndpoint> getObservations();

  @Description(
      "Whether other gateways may have the secret of identities: set, or agreed on in Redis")
  boolean isIdentitySecretShared();
}
