package dev.slipstream.engine.redis;

import redis.clients.jedis.exceptions.JedisDataException;

/** What a server's error replies mean for where to go on. */
final class Refusal {
  private Refusal() {}

  /**
   * Whether a node of a cluster says that the keys are served elsewhere, not yet or not for now:
   * MOVED, ASK, TRYAGAIN, CLUSTERDOWN, or a script that met one of these.
   */
  static boolean isElsewhere(JedisDataException reply) {
    String message = String.valueOf(reply.getMessage());
    return message.startsWith("MOVED ")
        || message.startsWith("ASK ")
        || message.startsWith("TRYAGAIN")
        || message.startsWith("CLUSTERDOWN")
        || message.contains("non local key in a cluster");
  }

  /** Whether what has the name is not what was asked for. */
  static boolean isOfAnotherType(JedisDataException reply) {
    return String.valueOf(reply.getMessage()).startsWith("WRONGTYPE");
  }

  /** Whether the server takes no writes, being a replica. */
  static boolean isReadOnly(JedisDataException reply) {
    String message = String.valueOf(reply.getMessage());
    return message.startsWith("READONLY") || message.contains("against a read only replica");
  }

  /** Whether the server refuses everything from whoever is not authenticated. */
  static boolean isUnauthenticated(JedisDataException reply) {
    String message = String.valueOf(reply.getMessage());
    return message.startsWith("NOAUTH") || message.startsWith("WRONGPASS");
  }
}
