package dev.slipstream.console.agent;

import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.console.merge.Wire;
import dev.slipstream.console.targets.AgentBeans;
import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Replies;
import dev.slipstream.console.targets.Reply;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says of itself.
 *
 * @param health up, degraded or off
 * @param healthReasons what is wrong
 * @param uptimeMs time since it began to serve, in milliseconds
 * @param enabled whether it takes part in requests
 * @param disabledReason why not; null while it does
 * @param gateway what the process is to people
 * @param errors of its own since the start
 * @param selfCheck what it found when it checked itself
 */
public record AgentReading(
    String version,
    String javaVersion,
    String health,
    List<String> healthReasons,
    long uptimeMs,
    boolean enabled,
    @Nullable String disabledReason,
    String gateway,
    long errors,
    List<String> configurationProblems,
    List<String> selfCheck) {

  private static AgentReading from(AgentBeans beans) throws IOException, JMException {
    AgentMXBean agent = beans.read(ObjectNames.AGENT, AgentMXBean.class);
    return new AgentReading(
        agent.getVersion(),
        agent.getJavaVersion(),
        agent.getHealth(),
        agent.getHealthReasons(),
        agent.getUptimeMillis(),
        agent.isEnabled(),
        Wire.text(agent.getDisabledReason()),
        agent.getGateway(),
        agent.getErrors(),
        agent.getConfigurationProblems(),
        beans.operations(ObjectNames.AGENT, AgentMXBean.class).selfCheck());
  }

  /** Reads those of some gateways, all at the same time. */
  public static List<Reply<AgentReading>> of(List<Gateway> gateways) {
    return Replies.of(gateways, gateway -> gateway.read(AgentReading::from));
  }

  /** Turns the agent of a gateway on or off; gives what it says then. */
  public static CompletableFuture<Reply<AgentReading>> enable(Gateway gateway, boolean enabled) {
    return gateway.change(
        beans -> {
          beans.operations(ObjectNames.AGENT, AgentMXBean.class).setEnabled(enabled);
          return from(beans);
        });
  }
}
