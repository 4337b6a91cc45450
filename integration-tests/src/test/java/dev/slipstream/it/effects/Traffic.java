package dev.slipstream.it.effects;

/**
 * Requests that come at a steady rate, whatever becomes of those before.
 *
 * @param name what the table calls them
 * @param path the beginning of their path; a number follows
 * @param different how many numbers there are
 * @param perSecond requests a second
 * @param troubledPerSecond requests a second while the trouble lasts
 * @param patienceMillis an answer is of use within this time
 */
record Traffic(
    String name,
    String path,
    int different,
    int perSecond,
    int troubledPerSecond,
    int patienceMillis) {
  static Traffic of(String name, String path, int different, int perSecond, int patienceMillis) {
    return new Traffic(name, path, different, perSecond, perSecond, patienceMillis);
  }
}
