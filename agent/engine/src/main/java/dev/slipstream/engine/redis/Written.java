package dev.slipstream.engine.redis;

/** A write that may be under way still. */
public interface Written {
  /** One that there is no server for. */
  Written NEVER = deadline -> false;

  /**
   * Waits until the server has the entry, or the deadline is over; not for a server that is not
   * used. The write goes on.
   *
   * @return whether the server took it
   */
  boolean await(Deadline deadline);
}
