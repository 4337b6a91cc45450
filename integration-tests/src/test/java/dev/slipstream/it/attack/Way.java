package dev.slipstream.it.attack;

import dev.slipstream.it.conformance.ProxyKind;
import org.jspecify.annotations.Nullable;

/** What stands between the attacker and the origin. */
enum Way {
  JETTY_12_SYNC(ProxyKind.JETTY_12_SYNC),
  JETTY_12_ASYNC(ProxyKind.JETTY_12_ASYNC),
  TOMCAT_11_SYNC(ProxyKind.TOMCAT_11_SYNC),
  TOMCAT_11_ASYNC(ProxyKind.TOMCAT_11_ASYNC),
  /** A cache that falls for it. */
  NAIVE(null);

  private final @Nullable ProxyKind proxy;

  Way(@Nullable ProxyKind proxy) {
    this.proxy = proxy;
  }

  /** The proxy with the agent; null for the naive cache. */
  @Nullable ProxyKind proxy() {
    return proxy;
  }

  boolean isNaive() {
    return proxy == null;
  }

  String prefix() {
    return proxy == null ? "/sync" : proxy.prefix();
  }
}
