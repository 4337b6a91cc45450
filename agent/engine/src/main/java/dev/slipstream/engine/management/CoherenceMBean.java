package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.CoherenceMXBean;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.redis.CoherenceStatistics;
import dev.slipstream.engine.redis.RedisTier;

/** How this gateway keeps up with the others, for JMX. */
final class CoherenceMBean implements CoherenceMXBean {
  private final RedisTier redis;
  private final Coherence coherence;

  CoherenceMBean(RedisTier redis, Coherence coherence) {
    this.redis = redis;
    this.coherence = coherence;
  }

  private CoherenceStatistics statistics() {
    return redis.coherence();
  }

  @Override
  public boolean isListening() {
    return statistics().listening();
  }

  @Override
  public int getGateways() {
    return statistics().gateways();
  }

  @Override
  public long getAnnouncementsSent() {
    return statistics().sent();
  }

  @Override
  public long getAnnouncementsFailed() {
    return statistics().failed();
  }

  @Override
  public long getAnnouncementsHeard() {
    return statistics().heard();
  }

  @Override
  public long getUnreadableMessages() {
    return statistics().unreadable();
  }

  @Override
  public long getMissed() {
    return statistics().missed();
  }

  @Override
  public long getConfirmed() {
    return coherence.confirmed();
  }

  @Override
  public long getNotConfirmed() {
    return coherence.notConfirmed();
  }
}
