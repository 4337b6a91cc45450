package dev.slipstream.console.merge;

import java.util.regex.Pattern;

/** What gateways that share a Redis all call it. */
public final class RedisServer {
  private static final Pattern AFTER_THE_ADDRESS = Pattern.compile("[,;]?\\s.*", Pattern.DOTALL);

  private RedisServer() {}

  /** Leaves out where the address was set, which differs between gateways. */
  public static String addressOf(String server) {
    return AFTER_THE_ADDRESS.matcher(server.strip()).replaceFirst("");
  }
}
