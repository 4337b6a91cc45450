package dev.slipstream.config.jmx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Endpoints: methods with templates of paths, and how exchanges of these do. */
@Description("Endpoints: how each does, and all together; the last minute ends with a full second")
public interface EndpointsMXBean {
  @Description(
      "Every endpoint, busiest since the start first; times in milliseconds, bodies in bytes,"
          + " shares 0 to 1; at most 500, and \"(others)\"")
  List<EndpointReport> getEndpoints();

  @Description("All endpoints together; percentiles are of all exchanges, not means of percentiles")
  EndpointReport getTotal();

  @Description("Endpoints that had an exchange")
  int getCount();

  @Description("Exchanges that the application is at now")
  int getInFlight();

  @Description("Exchanges a second, in the last minute; absent before the first second")
  @Nullable Double getRequestsPerSecond();

  @Description("Median time of an exchange in the last minute, in milliseconds; absent without any")
  @Nullable Double getP50Millis();

  @Description("95th percentile of the same, in milliseconds")
  @Nullable Double getP95Millis();

  @Description("99th percentile of the same, in milliseconds")
  @Nullable Double getP99Millis();

  @Description("Slowest exchange of the last minute, in milliseconds; absent without any")
  @Nullable Double getMaxMillis();

  @Description("Share of exchanges of the last minute answered with 400 to 499, 0 to 1")
  @Nullable Double getClientErrorRate();

  @Description("Share of exchanges of the last minute that failed or got 500 to 599, 0 to 1")
  @Nullable Double getServerErrorRate();

  @Description("Hits as a share of hits and misses of the last minute, 0 to 1; absent without any")
  @Nullable Double getHitRatio();

  @Description("Time that hits saved since the start, in milliseconds; absent before the first")
  @Nullable Double getSavedMillis();

  @Description(
      "Bytes of bodies sent, a second, in the last minute, as far as known; absent before the first"
          + " second")
  @Nullable Double getBytesPerSecond();

  @Description(
      "How well the endpoints do, 0 to 1: mean of their scores weighted by requests; absent where"
          + " too little happened")
  @Nullable Double getScore();

  @Description(
      "Times of the last minute by endpoint: histograms of microseconds, HdrHistogram V2"
          + " compressed, Base64; those of several gateways can be added up; names that end in"
          + " #hits and #misses are of those alone")
  @Impact(Impact.Kind.INFO)
  Map<String, String> exportHistograms();

  @Description(
      "The same of all endpoints together: under (all), (all)#hits and (all)#misses, where there"
          + " were any")
  @Impact(Impact.Kind.INFO)
  Map<String, String> exportTotalHistograms();
}
