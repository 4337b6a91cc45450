package dev.slipstream.engine.redis;

/**
 * How well this gateway hears of what others invalidate, since the start.
 *
 * @param listening whether it hears them now
 * @param gateways gateways there now, this one included
 * @param sent announcements sent
 * @param failed announcements that could not be sent
 * @param heard announcements heard from others
 * @param unreadable messages that could not be read
 * @param missed how often announcements were, or may have been, missed
 */
public record CoherenceStatistics(
    boolean listening,
    int gateways,
    long sent,
    long failed,
    long heard,
    long unreadable,
    long missed) {
  /** That of a gateway without L2. */
  public static final CoherenceStatistics ALONE = new CoherenceStatistics(false, 1, 0, 0, 0, 0, 0);
}
