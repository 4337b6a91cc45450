package dev.slipstream.agent;

import dev.slipstream.config.LoadedSettings;
import dev.slipstream.config.Problem;
import dev.slipstream.config.Settings;
import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.redis.RedisTier;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The agent, for JMX. */
final class AgentMBean implements AgentMXBean {
  private final Engine engine;
  private final LoadedSettings loaded;
  private final KillSwitch killSwitch;
  private final WovenTargets targets;
  private final String version = Version.read();
  private final long startedNanos = System.nanoTime();
  private final long startedAtMillis;

  AgentMBean(
      Engine engine,
      LoadedSettings loaded,
      KillSwitch killSwitch,
      WovenTargets targets,
      InstantSource clock) {
    this.engine = engine;
    this.loaded = loaded;
    this.killSwitch = killSwitch;
    this.targets = targets;
    this.startedAtMillis = clock.millis();
  }

  /** The start-up line. */
  String summary() {
    Settings settings = loaded.settings();
    return String.format(
        Locale.ROOT,
        "Slipstream %s on Java %s: %s; L1 %d MB, L2 %s; %d rules; JMX dev.slipstream:*",
        version,
        getJavaVersion(),
        isEnabled()
            ? "mode " + settings.cache().mode().name().toLowerCase(Locale.ROOT)
            : "off (" + getDisabledReason() + ")",
        settings.cache().maxMemoryBytes() / (1024 * 1024),
        settings.redis().display(),
        engine.httpCache().rules().rules().size());
  }

  @Override
  public String getVersion() {
    return version;
  }

  @Override
  public String getJavaVersion() {
    return Runtime.version().toString();
  }

  @Override
  public long getUptimeMillis() {
    return (System.nanoTime() - startedNanos) / 1_000_000;
  }

  @Override
  public boolean isEnabled() {
    return killSwitch.isOn();
  }

  @Override
  public void setEnabled(boolean enabled) {
    if (enabled) {
      killSwitch.on();
    } else {
      killSwitch.off("turned off by JMX");
    }
    engine.log().warn("the agent was turned " + (enabled ? "on" : "off") + " by JMX");
  }

  @Override
  public String getDisabledReason() {
    return killSwitch.reason();
  }

  @Override
  public long getErrors() {
    return engine.errors().total();
  }

  @Override
  public int getRecentErrors() {
    return engine.errors().recent();
  }

  @Override
  public boolean isErrorBreakerOpen() {
    return engine.errors().hasTripped();
  }

  @Override
  public List<String> getWovenTargets() {
    return targets.list();
  }

  @Override
  public List<String> getConfigurationProblems() {
    List<String> problems = new ArrayList<>();
    loaded.problems().stream().map(Problem::message).forEach(problems::add);
    engine.ruleReloader().problems().stream().map(Problem::message).forEach(problems::add);
    return problems;
  }

  @Override
  public List<String> getSettings() {
    return loaded.settings().values().stream()
        .map(setting -> setting.name() + "=" + setting.value() + " (" + setting.origin() + ")")
        .toList();
  }

  @Override
  public String getHealth() {
    return !isEnabled() ? "off" : getHealthReasons().isEmpty() ? "up" : "degraded";
  }

  @Override
  public List<String> getHealthReasons() {
    List<String> reasons = new ArrayList<>();
    if (!isEnabled()) {
      reasons.add("the agent is off: " + getDisabledReason());
    }
    RedisTier redis = engine.cache().redis();
    if (redis != null && !redis.unavailableReason().isEmpty()) {
      reasons.add("L2 is not used: " + redis.unavailableReason());
    }
    String stopped = engine.optimization().optimizer().stopped();
    if (stopped != null) {
      reasons.add("the optimizer has stopped: " + stopped);
    }
    if (getRecentErrors() > 0) {
      reasons.add("errors of the agent within 60 s: " + getRecentErrors());
    }
    getConfigurationProblems().forEach(problem -> reasons.add("configuration: " + problem));
    return reasons;
  }

  @Override
  public List<String> getLoaders() {
    return targets.loaders();
  }

  @Override
  public long getStartedAtMillis() {
    return startedAtMillis;
  }

  @Override
  public String getGateway() {
    return GatewayName.of(System.getProperty("sun.java.command"), ProcessHandle.current().pid());
  }

  @Override
  public List<String> selfCheck() {
    List<String> lines = new ArrayList<>();
    lines.add(summary());
    targets.list().forEach(target -> lines.add("woven: " + target));
    lines.add(
        String.format(
            Locale.ROOT, "errors of the agent: %d, recent: %d", getErrors(), getRecentErrors()));
    getConfigurationProblems().forEach(problem -> lines.add("configuration: " + problem));
    return lines;
  }
}
