package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;

/** Says where the server to connect to is. For maintenance threads: it may wait. */
interface Whereabouts {
  /** The server's address; throws Jedis' exceptions where it is not known by the deadline. */
  RedisUrl.Node locate(Deadline deadline);

  /** Whether only a master will do, since a replica may stand where it was. */
  default boolean ofMaster() {
    return false;
  }
}
