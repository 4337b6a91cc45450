package dev.slipstream.config.jmx;

/**
 * How this gateway keeps up with what others that share its Redis invalidate. Registered only where
 * a Redis is configured.
 */
@Description("Coherence: what gateways that share a Redis tell each other")
public interface CoherenceMXBean {
  @Description("Whether this gateway hears the others now; else Redis confirms what it holds")
  boolean isListening();

  @Description("Gateways that share the Redis now, this one included")
  int getGateways();

  @Description("Invalidations and changes told to the others, since the start")
  long getAnnouncementsSent();

  @Description("Invalidations and changes that could not be told, since the start; they are missed")
  long getAnnouncementsFailed();

  @Description("Invalidations and changes heard from the others, since the start")
  long getAnnouncementsHeard();

  @Description("Messages that could not be read, since the start")
  long getUnreadableMessages();

  @Description("How often something was, or may have been, missed, since the start")
  long getMissed();

  @Description("Entries of L1 that Redis confirmed after something may have been missed")
  long getConfirmed();

  @Description("Entries of L1 that Redis did not confirm then: they were invalidated or replaced")
  long getNotConfirmed();
}
