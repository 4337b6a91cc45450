package dev.slipstream.console.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something for each peer, for the 10,000 that were seen last. To be used under a lock. */
final class PeerTable<T> {
  private static final int MOST_PEERS = 10_000;

  private final Map<String, T> peers = new LinkedHashMap<>(16, 0.75f, true);

  T of(String address, Supplier<T> fresh) {
    T found = peers.computeIfAbsent(PeerAddress.network(address), any -> fresh.get());
    if (peers.size() > MOST_PEERS) {
      peers.remove(peers.keySet().iterator().next());
    }
    return found;
  }

  @Nullable T find(String address) {
    return peers.get(PeerAddress.network(address));
  }

  void remove(String address) {
    peers.remove(PeerAddress.network(address));
  }

  int size() {
    return peers.size();
  }
}
