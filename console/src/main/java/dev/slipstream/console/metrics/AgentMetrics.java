package dev.slipstream.console.metrics;

import dev.slipstream.config.jmx.AgentMXBean;

/** What an agent says of itself. */
final class AgentMetrics {
  private AgentMetrics() {}

  static void add(TargetFamilies to, AgentMXBean agent) {
    to.info(
        "agent",
        "1, with the versions of agent and Java",
        "version",
        agent.getVersion(),
        "java_version",
        agent.getJavaVersion());
    to.time("agent_uptime_seconds", "Time since the agent began", agent.getUptimeMillis());
    to.flag("agent_enabled", "Whether the agent takes part: 1 or 0", agent.isEnabled());
    to.flag(
        "agent_error_breaker_open",
        "Whether errors of its own have turned the agent off: 1 or 0",
        agent.isErrorBreakerOpen());
    to.counter("agent_errors", "Errors of the agent itself", agent.getErrors());
    to.gauge(
        "agent_configuration_problems",
        "What is wrong in its settings and rules",
        agent.getConfigurationProblems().size());
  }
}
