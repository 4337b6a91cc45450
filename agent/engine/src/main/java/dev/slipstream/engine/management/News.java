package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.ActivationReport;
import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.config.jmx.NotificationTypes;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.admit.Emergency;
import dev.slipstream.engine.http.RuleReloader;
import dev.slipstream.engine.optimize.Change;
import dev.slipstream.engine.optimize.RuleState;
import dev.slipstream.engine.redis.RedisTier;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.ObjectName;

/**
 * What MXBeans notify their listeners of. The optimizer tells of activations; for everything else
 * {@link #look} compares how things are with how they were. What came and went between two looks is
 * found by its counter.
 */
final class News {
  private final Engine engine;
  private final AgentMXBean agent;
  private final InstantSource clock;
  private final Emitter optimizer;
  private final Emitter admission;
  private final Emitter tier;
  private final Emitter rules;
  private final Emitter agentItself;
  private final Map<String, String> suspended = new HashMap<>();
  private final Set<Long> judged = new HashSet<>(); // of those that go on
  private long emergencies;
  private boolean emergency;
  private long openings;
  private String unavailable = "";
  private long failedReloads;
  private boolean enabled;

  /** Knows how things are now, and tells of what changes from now on. */
  News(Engine engine, AgentMXBean agent, Lanes lanes, InstantSource clock) throws JMException {
    this.engine = engine;
    this.agent = agent;
    this.clock = clock;
    this.optimizer =
        new Emitter(
            lanes,
            new ObjectName(ObjectNames.OPTIMIZER),
            info(
                "A rule of the optimizer has entered, has left, or its effect is known (user data:"
                    + " the activation, as in Activations); or it is suspended",
                NotificationTypes.ACTIVATION_BEGAN,
                NotificationTypes.ACTIVATION_ENDED,
                NotificationTypes.ACTIVATION_JUDGED,
                NotificationTypes.RULE_ERROR));
    this.admission =
        new Emitter(
            lanes,
            new ObjectName(ObjectNames.ADMISSION),
            info(
                "An emergency has begun, or is over",
                NotificationTypes.EMERGENCY_BEGAN,
                NotificationTypes.EMERGENCY_ENDED));
    this.tier =
        new Emitter(
            lanes,
            new ObjectName(ObjectNames.L2),
            info(
                "L2 is not used any more, and why; or it is used again",
                NotificationTypes.TIER_FAILED,
                NotificationTypes.TIER_RECOVERED));
    this.rules =
        new Emitter(
            lanes,
            new ObjectName(ObjectNames.RULES),
            info(
                "The rules file was read and rejected, and what is wrong in it",
                NotificationTypes.RULE_ERROR));
    this.agentItself =
        new Emitter(
            lanes,
            new ObjectName(ObjectNames.AGENT),
            info("The agent was turned off, and why", NotificationTypes.AGENT_OFF));
    compare(false);
    engine.optimization().onChange(this::changed);
  }

  private static MBeanNotificationInfo info(String description, String... types) {
    return new MBeanNotificationInfo(types, Notification.class.getName(), description);
  }

  Emitter optimizer() {
    return optimizer;
  }

  Emitter admission() {
    return admission;
  }

  Emitter tier() {
    return tier;
  }

  Emitter rules() {
    return rules;
  }

  Emitter agentItself() {
    return agentItself;
  }

  private void changed(Change change, ActivationReport activation) {
    tell(change, activation);
    boolean known = change == Change.JUDGED || judged.contains(activation.number());
    if (change == Change.LEFT && !known && !activation.effect().isEmpty()) {
      tell(Change.JUDGED, activation); // by what was measured up to the end
    }
    if (change == Change.LEFT) {
      judged.remove(activation.number());
    } else if (known) {
      judged.add(activation.number());
    }
  }

  private void tell(Change change, ActivationReport activation) {
    String subject =
        activation.rule()
            + (activation.subject().equals("gateway") ? "" : " (" + activation.subject() + ")");
    String type =
        switch (change) {
          case ENTERED -> NotificationTypes.ACTIVATION_BEGAN;
          case LEFT -> NotificationTypes.ACTIVATION_ENDED;
          case JUDGED -> NotificationTypes.ACTIVATION_JUDGED;
        };
    String what =
        switch (change) {
          case ENTERED -> " entered: " + activation.reason() + "; " + activation.action();
          case LEFT -> " left: " + activation.ending();
          case JUDGED -> ": " + activation.verdict() + ", " + activation.effect();
        };
    optimizer.send(type, clock.millis(), subject + what, Composite.of(activation));
  }

  /** Tells of what has changed since the last look; for one thread. */
  void look() {
    compare(true);
  }

  private void compare(boolean told) {
    compareEmergency(told);
    RedisTier redis = engine.cache().redis();
    if (redis != null) {
      compareTier(redis, told);
    }
    RuleReloader reloader = engine.ruleReloader();
    long rejected = reloader.failedReloads();
    if (told && rejected > failedReloads && !reloader.problems().isEmpty()) {
      send(rules, NotificationTypes.RULE_ERROR, reloader.problems().get(0).message());
    }
    failedReloads = rejected;
    for (RuleState rule : engine.optimization().optimizer().ruleStates()) {
      String before = suspended.put(rule.name(), rule.suspendedReason());
      if (told && !rule.suspendedReason().isEmpty() && "".equals(before)) {
        send(
            optimizer,
            NotificationTypes.RULE_ERROR,
            rule.name() + " is suspended: " + rule.suspendedReason());
      }
    }
    boolean on = agent.isEnabled();
    if (told && enabled && !on) {
      send(
          agentItself,
          NotificationTypes.AGENT_OFF,
          "the agent is off, every request passes through: " + agent.getDisabledReason());
    }
    enabled = on;
  }

  private void compareEmergency(boolean told) {
    Emergency current = engine.admission().emergency();
    long times = current.times();
    boolean on = current.isOn();
    if (told && times > emergencies) {
      if (emergency) {
        send(admission, NotificationTypes.EMERGENCY_ENDED, "the emergency is over");
      }
      send(admission, NotificationTypes.EMERGENCY_BEGAN, "an emergency has begun");
      emergency = true;
    }
    if (told && emergency && !on) {
      send(admission, NotificationTypes.EMERGENCY_ENDED, "the emergency is over");
    }
    emergencies = times;
    emergency = on;
  }

  private void compareTier(RedisTier redis, boolean told) {
    String reason = redis.unavailableReason();
    long opened = redis.breakerOpenings();
    boolean failed = unavailable.isEmpty() && (!reason.isEmpty() || opened > openings);
    if (told && failed) {
      String why = reason.isEmpty() ? redis.lastOpeningReason() : reason;
      send(tier, NotificationTypes.TIER_FAILED, "L2 is not used: " + why);
    }
    if (told && reason.isEmpty() && (failed || !unavailable.isEmpty())) {
      send(tier, NotificationTypes.TIER_RECOVERED, "L2 is used again");
    }
    unavailable = reason;
    openings = opened;
  }

  private void send(Emitter emitter, String type, String message) {
    emitter.send(type, clock.millis(), message, null);
  }

  /** Tells of nothing any more. */
  void end() {
    engine.optimization().onChange((change, activation) -> {});
  }
}
