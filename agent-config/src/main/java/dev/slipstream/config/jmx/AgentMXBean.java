package dev.slipstream.config.jmx;

import java.util.List;

/** The agent: what it is, what it has woven, how it is, and its kill switch. */
@Description("The Slipstream agent in this gateway")
public interface AgentMXBean {
  @Description("Version of the agent")
  String getVersion();

  @Description("Version of the Java runtime")
  String getJavaVersion();

  @Description("Time since the agent began to serve, in milliseconds")
  long getUptimeMillis();

  @Description("Whether the agent takes part in requests; false passes every request through")
  boolean isEnabled();

  /** Turns the agent on or off: the kill switch. */
  void setEnabled(boolean enabled);

  @Description("Why the agent is turned off; empty while it is on")
  String getDisabledReason();

  @Description("Errors of the agent itself since the start, each passed over by the gateway")
  long getErrors();

  @Description("Errors of the agent itself within the last 60 seconds; 50 turn it off")
  int getRecentErrors();

  @Description("Whether errors of its own have turned the agent off: 50 within 60 seconds")
  boolean isErrorBreakerOpen();

  @Description("Classes that were woven, each with the class loader it is in")
  List<String> getWovenTargets();

  @Description("What was found wrong in the configuration, and what happens instead")
  List<String> getConfigurationProblems();

  @Description("Settings in force, each with where it was set; secrets are masked")
  List<String> getSettings();

  @Description("How the agent is: up, degraded (something is wrong, requests are answered) or off")
  String getHealth();

  @Description("What is wrong; none while the agent is up")
  List<String> getHealthReasons();

  @Description("Class loaders that have woven classes, each with the number of these")
  List<String> getLoaders();

  @Description("When the agent began to serve, in milliseconds since 1970")
  long getStartedAtMillis();

  @Description("What this process is to people: its main class or jar, and its process id")
  String getGateway();

  @Description("Checks the agent: what is woven and where, whether the gate is open, what is wrong")
  @Impact(Impact.Kind.INFO)
  List<String> selfCheck();
}
