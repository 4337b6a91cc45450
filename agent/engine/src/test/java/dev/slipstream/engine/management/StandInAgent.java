package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.AgentMXBean;
import java.util.List;

/** The agent's own bean, which another module has, for beans that are registered beside it. */
final class StandInAgent implements AgentMXBean {
  private volatile boolean enabled = true;

  @Override
  public String getVersion() {
    return "1";
  }

  @Override
  public String getJavaVersion() {
    return "17";
  }

  @Override
  public long getUptimeMillis() {
    return 1;
  }

  @Override
  public boolean isEnabled() {
    return enabled;
  }

  @Override
  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  @Override
  public String getDisabledReason() {
    return enabled ? "" : "a test";
  }

  @Override
  public long getErrors() {
    return 0;
  }

  @Override
  public int getRecentErrors() {
    return 0;
  }

  @Override
  public boolean isErrorBreakerOpen() {
    return false;
  }

  @Override
  public List<String> getWovenTargets() {
    return List.of();
  }

  @Override
  public List<String> getConfigurationProblems() {
    return List.of();
  }

  @Override
  public List<String> getSettings() {
    return List.of();
  }

  @Override
  public String getHealth() {
    return "up";
  }

  @Override
  public List<String> getHealthReasons() {
    return List.of();
  }

  @Override
  public List<String> getLoaders() {
    return List.of();
  }

  @Override
  public long getStartedAtMillis() {
    return 1;
  }

  @Override
  public String getGateway() {
    return "test (1)";
  }

  @Override
  public List<String> selfCheck() {
    return List.of();
  }
}
