package dev.slipstream.it.shared;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** How the servers that gateways share belong together. */
enum Topology {
  SINGLE,
  CLUSTER,
  SENTINEL;

  RedisSetup start(Path folder) {
    return switch (this) {
      case SINGLE -> SingleRedis.start(folder);
      case CLUSTER -> ClusterRedis.start(folder);
      case SENTINEL -> SentinelRedis.start(folder);
    };
  }

  /** The faults that there are in it. Where one server can follow another, READ_ONLY comes so. */
  Set<Fault> faults() {
    return EnumSet.complementOf(
        this == SINGLE
            ? EnumSet.of(Fault.FAILED_OVER)
            : EnumSet.of(Fault.READ_ONLY, Fault.RESTORED));
  }
}
