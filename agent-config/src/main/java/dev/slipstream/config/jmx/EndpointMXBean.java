package dev.slipstream.config.jmx;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of the busiest endpoints, an attribute a number: {@link EndpointReport}, to be charted. */
@Description("One of the 100 busiest endpoints; the window is the last minute")
public interface EndpointMXBean {
  @Description("Method and template of the endpoint")
  String getEndpoint();

  @Description("Exchanges that the application is at now")
  int getInFlight();

  @Description("The most exchanges at once since the start")
  int getGreatestInFlight();

  @Description("Exchanges since the start")
  long getRequests();

  @Description("Exchanges answered with a status from 400 to 499, since the start")
  long getClientErrors();

  @Description("Exchanges that failed or got a status from 500, since the start")
  long getServerErrors();

  @Description("Exchanges answered with what was stale, since the start")
  long getStaleAnswers();

  @Description("Bytes of bodies sent since the start, as far as known")
  long getBytes();

  @Description("Bytes of bodies that hits sent since the start, as far as known")
  long getHitBytes();

  @Description("Exchanges since the start by how they were answered")
  Map<String, Long> getOutcomes();

  @Description(
      "Time that hits saved since the start, in milliseconds; absent before a hit and a miss")
  @Nullable Double getSavedMillis();

  @Description("How long the window is that the following are of, in seconds: up to a minute")
  double getWindowSeconds();

  @Description("Exchanges a second, in the window; absent before the first second")
  @Nullable Double getRequestsPerSecond();

  @Description("Exchanges in the window")
  long getWindowRequests();

  @Description("Exchanges in the window answered without the application")
  long getWindowHits();

  @Description("Exchanges in the window that the cache might have answered and did not")
  long getWindowMisses();

  @Description("Exchanges in the window in which the cache took no part")
  long getWindowBypasses();

  @Description("Exchanges in the window for which the application was not to be asked")
  long getWindowRefused();

  @Description("Exchanges in the window answered with what was stale")
  long getWindowStaleAnswers();

  @Description("Exchanges in the window answered with a status from 400 to 499")
  long getWindowClientErrors();

  @Description("Exchanges in the window that failed or got a status from 500")
  long getWindowServerErrors();

  @Description("Bytes of bodies sent in the window, as far as known")
  long getWindowBytes();

  @Description("Hits as a share of hits and misses in the window, 0 to 1; absent without any")
  @Nullable Double getHitRatio();

  @Description("Share of exchanges in the window that failed or got 500 to 599, 0 to 1")
  @Nullable Double getServerErrorRate();

  @Description("Share of exchanges in the window answered with 400 to 499, 0 to 1")
  @Nullable Double getClientErrorRate();

  @Description("Mean time of an exchange in the window, in milliseconds; absent without any")
  @Nullable Double getMeanMillis();

  @Description("Median time of an exchange in the window, in milliseconds; absent without any")
  @Nullable Double getP50Millis();

  @Description("95th percentile of the same, in milliseconds; absent without any")
  @Nullable Double getP95Millis();

  @Description("99th percentile of the same, in milliseconds; absent without any")
  @Nullable Double getP99Millis();

  @Description("The slowest of the same, in milliseconds; absent without any")
  @Nullable Double getMaxMillis();

  @Description("How many of the window the following times are of: hits that waited for nobody")
  long getHitTimed();

  @Description("Mean time of a hit in the window, in milliseconds; absent without any")
  @Nullable Double getHitMeanMillis();

  @Description("Median time of a hit in the window, in milliseconds; absent without any")
  @Nullable Double getHitP50Millis();

  @Description("95th percentile of the same, in milliseconds; absent without any")
  @Nullable Double getHitP95Millis();

  @Description("99th percentile of the same, in milliseconds; absent without any")
  @Nullable Double getHitP99Millis();

  @Description("The slowest of the same, in milliseconds; absent without any")
  @Nullable Double getHitMaxMillis();

  @Description(
      "How many of the window the following times are of: exchanges that the application was asked for")
  long getMissTimed();

  @Description(
      "Mean time of an exchange that the application was asked for in the window, in milliseconds; absent without any")
  @Nullable Double getMissMeanMillis();

  @Description(
      "Median time of an exchange that the application was asked for in the window, in milliseconds; absent without any")
  @Nullable Double getMissP50Millis();

  @Description("95th percentile of the same, in milliseconds; absent without any")
  @Nullable Double getMissP95Millis();

  @Description("99th percentile of the same, in milliseconds; absent without any")
  @Nullable Double getMissP99Millis();

  @Description("The slowest of the same, in milliseconds; absent without any")
  @Nullable Double getMissMaxMillis();

  @Description("How well the endpoint does, 0 to 1; absent where too little happened")
  @Nullable Double getScore();

  @Description(
      "95th percentile that the budget allows, in milliseconds; absent without a budget for it")
  @Nullable Double getBudgetP95Millis();

  @Description("Share of failed exchanges that the budget allows, 0 to 1; absent without one")
  @Nullable Double getBudgetErrorRate();

  @Description(
      "Share that was too slow over the share that may be, last 5 min; above 1 is overdrawn")
  @Nullable Double getSlowBurn();

  @Description("The same ratio over an hour")
  @Nullable Double getSlowBurnInTheHour();

  @Description("Share that failed over the share that may, last 5 min; above 1 is overdrawn")
  @Nullable Double getErrorsBurn();

  @Description("The same ratio over an hour")
  @Nullable Double getErrorsBurnInTheHour();

  @Description(
      "What is learned of its answers and why they live as long as they do; empty for none")
  String getExplanation();
}
