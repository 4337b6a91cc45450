package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.BudgetReport;
import dev.slipstream.config.jmx.EndpointLearning;
import dev.slipstream.config.jmx.EndpointMXBean;
import dev.slipstream.config.jmx.EndpointReport;
import dev.slipstream.engine.learn.Learning;
import dev.slipstream.engine.profile.Endpoint;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One of the busiest endpoints, for JMX: clients read all attributes at once, and get one moment.
 */
final class EndpointMBean implements EndpointMXBean {
  private static final long KEPT_NANOS = Duration.ofMillis(500).toNanos();

  private final Endpoint endpoint;
  private final Learning learning;
  private final LongSupplier nanoTicker;
  private volatile @Nullable Moment latest;

  /** A report and when it was made. */
  private record Moment(EndpointReport report, long nanos) {}

  EndpointMBean(Endpoint endpoint, Learning learning, LongSupplier nanoTicker) {
    this.endpoint = endpoint;
    this.learning = learning;
    this.nanoTicker = nanoTicker;
  }

  private EndpointReport report() {
    Moment moment = latest;
    long now = nanoTicker.getAsLong();
    if (moment == null || now - moment.nanos() >= KEPT_NANOS) {
      moment = new Moment(EndpointsMBean.report(endpoint), now);
      latest = moment;
    }
    return moment.report();
  }

  private @Nullable Double budget(Function<BudgetReport, @Nullable Double> part) {
    BudgetReport budget = report().budget();
    return budget == null ? null : part.apply(budget);
  }

  @Override
  public String getEndpoint() {
    return report().endpoint();
  }

  @Override
  public int getInFlight() {
    return report().inFlight();
  }

  @Override
  public int getGreatestInFlight() {
    return report().greatestInFlight();
  }

  @Override
  public long getRequests() {
    return report().requests();
  }

  @Override
  public long getClientErrors() {
    return report().clientErrors();
  }

  @Override
  public long getServerErrors() {
    return report().serverErrors();
  }

  @Override
  public long getStaleAnswers() {
    return report().staleAnswers();
  }

  @Override
  public long getBytes() {
    return report().bytes();
  }

  @Override
  public long getHitBytes() {
    return report().hitBytes();
  }

  @Override
  public Map<String, Long> getOutcomes() {
    return report().outcomes();
  }

  @Override
  public @Nullable Double getSavedMillis() {
    return report().savedMillis();
  }

  @Override
  public double getWindowSeconds() {
    return report().windowSeconds();
  }

  @Override
  public @Nullable Double getRequestsPerSecond() {
    return report().requestsPerSecond();
  }

  @Override
  public long getWindowRequests() {
    return report().windowRequests();
  }

  @Override
  public long getWindowHits() {
    return report().windowHits();
  }

  @Override
  public long getWindowMisses() {
    return report().windowMisses();
  }

  @Override
  public long getWindowBypasses() {
    return report().windowBypasses();
  }

  @Override
  public long getWindowRefused() {
    return report().windowRefused();
  }

  @Override
  public long getWindowStaleAnswers() {
    return report().windowStaleAnswers();
  }

  @Override
  public long getWindowClientErrors() {
    return report().windowClientErrors();
  }

  @Override
  public long getWindowServerErrors() {
    return report().windowServerErrors();
  }

  @Override
  public long getWindowBytes() {
    return report().windowBytes();
  }

  @Override
  public @Nullable Double getHitRatio() {
    return Ratio.of(report().windowHits(), report().windowMisses());
  }

  @Override
  public @Nullable Double getServerErrorRate() {
    return Ratio.of(
        report().windowServerErrors(), report().windowRequests() - report().windowServerErrors());
  }

  @Override
  public @Nullable Double getClientErrorRate() {
    return Ratio.of(
        report().windowClientErrors(), report().windowRequests() - report().windowClientErrors());
  }

  @Override
  public @Nullable Double getMeanMillis() {
    return report().all().meanMillis();
  }

  @Override
  public @Nullable Double getP50Millis() {
    return report().all().p50Millis();
  }

  @Override
  public @Nullable Double getP95Millis() {
    return report().all().p95Millis();
  }

  @Override
  public @Nullable Double getP99Millis() {
    return report().all().p99Millis();
  }

  @Override
  public @Nullable Double getMaxMillis() {
    return report().all().maxMillis();
  }

  @Override
  public long getHitTimed() {
    return report().ofHits().count();
  }

  @Override
  public @Nullable Double getHitMeanMillis() {
    return report().ofHits().meanMillis();
  }

  @Override
  public @Nullable Double getHitP50Millis() {
    return report().ofHits().p50Millis();
  }

  @Override
  public @Nullable Double getHitP95Millis() {
    return report().ofHits().p95Millis();
  }

  @Override
  public @Nullable Double getHitP99Millis() {
    return report().ofHits().p99Millis();
  }

  @Override
  public @Nullable Double getHitMaxMillis() {
    return report().ofHits().maxMillis();
  }

  @Override
  public long getMissTimed() {
    return report().ofMisses().count();
  }

  @Override
  public @Nullable Double getMissMeanMillis() {
    return report().ofMisses().meanMillis();
  }

  @Override
  public @Nullable Double getMissP50Millis() {
    return report().ofMisses().p50Millis();
  }

  @Override
  public @Nullable Double getMissP95Millis() {
    return report().ofMisses().p95Millis();
  }

  @Override
  public @Nullable Double getMissP99Millis() {
    return report().ofMisses().p99Millis();
  }

  @Override
  public @Nullable Double getMissMaxMillis() {
    return report().ofMisses().maxMillis();
  }

  @Override
  public @Nullable Double getScore() {
    return report().score();
  }

  @Override
  public @Nullable Double getBudgetP95Millis() {
    return budget(BudgetReport::p95Millis);
  }

  @Override
  public @Nullable Double getBudgetErrorRate() {
    return budget(BudgetReport::errorRate);
  }

  @Override
  public @Nullable Double getSlowBurn() {
    return budget(BudgetReport::slowLately);
  }

  @Override
  public @Nullable Double getSlowBurnInTheHour() {
    return budget(BudgetReport::slowInTheHour);
  }

  @Override
  public @Nullable Double getErrorsBurn() {
    return budget(BudgetReport::errorsLately);
  }

  @Override
  public @Nullable Double getErrorsBurnInTheHour() {
    return budget(BudgetReport::errorsInTheHour);
  }

  @Override
  public String getExplanation() {
    EndpointLearning learned = learning.known(endpoint.name());
    return learned == null ? "" : learned.verdict() + ": " + learned.why();
  }
}
