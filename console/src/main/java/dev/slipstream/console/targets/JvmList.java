package dev.slipstream.console.targets;

import java.util.List;

/** Lists the JVMs that may be attached to. */
@FunctionalInterface
interface JvmList {
  /** Those that run now. */
  List<LocalJvm> list();
}
