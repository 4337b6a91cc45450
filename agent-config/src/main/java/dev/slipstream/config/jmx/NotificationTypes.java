package dev.slipstream.config.jmx;

/**
 * The types of the notifications that MXBeans send. Each has a text for people; what JMX calls user
 * data is said with each type.
 */
public final class NotificationTypes {
  /** A rule of the optimizer has entered; from the optimizer, with an {@link ActivationReport}. */
  public static final String ACTIVATION_BEGAN = "dev.slipstream.activation.began";

  /** It has left; likewise. */
  public static final String ACTIVATION_ENDED = "dev.slipstream.activation.ended";

  /** What that brought is known; likewise. */
  public static final String ACTIVATION_JUDGED = "dev.slipstream.activation.judged";

  /** An emergency has begun; from admission, without user data, as are all that follow. */
  public static final String EMERGENCY_BEGAN = "dev.slipstream.emergency.began";

  /** It is over. */
  public static final String EMERGENCY_ENDED = "dev.slipstream.emergency.ended";

  /** L2 is not used any more; from L2. */
  public static final String TIER_FAILED = "dev.slipstream.tier.failed";

  /** It is used again. */
  public static final String TIER_RECOVERED = "dev.slipstream.tier.recovered";

  /** A rules file was rejected, from the rules; or a rule is suspended, from the optimizer. */
  public static final String RULE_ERROR = "dev.slipstream.rule.error";

  /** The agent was turned off; from the agent. */
  public static final String AGENT_OFF = "dev.slipstream.agent.off";

  private NotificationTypes() {}
}
