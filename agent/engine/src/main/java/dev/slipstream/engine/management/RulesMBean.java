package dev.slipstream.engine.management;

import dev.slipstream.config.Problem;
import dev.slipstream.config.jmx.RuleReport;
import dev.slipstream.config.jmx.RuleTest;
import dev.slipstream.config.jmx.RulesMXBean;
import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.RuleText;
import dev.slipstream.config.rules.RulesFile;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.http.HttpCache;
import dev.slipstream.engine.http.RuleReloader;
import dev.slipstream.engine.http.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cache rules, for JMX. */
final class RulesMBean implements RulesMXBean {
  private final RuleReloader reloader;
  private final HttpCache cache;
  private final Trial trial;
  private final AgentLog log;

  RulesMBean(RuleReloader reloader, HttpCache cache, Duration defaultTtl, AgentLog log) {
    this.reloader = reloader;
    this.cache = cache;
    this.trial = new Trial(cache, defaultTtl);
    this.log = log;
  }

  @Override
  public String getFile() {
    return reloader.file().toString();
  }

  @Override
  public @Nullable Long getLoadedAtMillis() {
    RuleReloader.InForce inForce = reloader.inForce();
    return inForce == null ? null : Long.valueOf(inForce.loadedAtMillis());
  }

  @Override
  public boolean isLastGoodKept() {
    return !reloader.problems().isEmpty();
  }

  @Override
  public int getCount() {
    return (int) cache.rules().rules().stream().filter(CacheRule::enabled).count();
  }

  @Override
  public long getReloads() {
    return reloader.reloads();
  }

  @Override
  public long getFailedReloads() {
    return reloader.failedReloads();
  }

  @Override
  public List<String> getProblems() {
    return messages(reloader.problems());
  }

  private static List<String> messages(List<Problem> problems) {
    return problems.stream().map(Problem::message).toList();
  }

  @Override
  public List<RuleReport> getRules() {
    Map<String, RuleText> own = RuleText.of(getText());
    Map<String, RuleText> defaults = RuleText.of(RulesFile.defaultText());
    List<RuleReport> reports = new ArrayList<>();
    for (CacheRule rule : cache.rules().rules()) {
      RuleText written = own.get(rule.name());
      RuleText given = defaults.get(rule.name());
      Duration ttl = rule.ttl();
      reports.add(
          new RuleReport(
              reports.size() + 1,
              rule.name(),
              rule.pattern().toString(),
              rule.methods(),
              rule.mode().name().toLowerCase(Locale.ROOT),
              ttl == null ? null : Double.valueOf(ttl.toMillis() / 1000.0),
              rule.priority().name().toLowerCase(Locale.ROOT),
              rule.tags(),
              written != null ? written.yaml() : given != null ? given.yaml() : "",
              written != null ? written.line() : 0,
              rule.enabled()));
    }
    return reports;
  }

  @Override
  public String getText() {
    RuleReloader.InForce inForce = reloader.inForce();
    return inForce == null ? "" : inForce.text();
  }

  @Override
  public List<String> reload() {
    log.info("the rules are read again, as JMX asks for");
    return messages(reloader.reload());
  }

  @Override
  public List<String> validate(String yaml) {
    return messages(RulesFile.parse("rules", yaml).problems());
  }

  @Override
  public RuleTest test(String method, String url, @Nullable Map<String, String> headers) {
    return trial.test(method, url, headers == null ? Map.of() : headers);
  }

  @Override
  public RuleTest test(String method, String url) {
    return test(method, url, Map.of());
  }
}
