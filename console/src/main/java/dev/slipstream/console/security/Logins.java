package dev.slipstream.console.security;

import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out who shows a token, slowed down for those who guess.
 *
 * <p>A token that was right from an address goes on being looked at while that address is slowed
 * down: behind a proxy all have one address, and one who guesses must not lock the others out.
 * Thread-safe.
 */
final class Logins {
  private static final int MOST_REMEMBERED = 1_000;

  private final TokenStore tokens;
  private final LoginThrottle throttle = new LoginThrottle();
  private final Map<String, Boolean> remembered = new LinkedHashMap<>(16, 0.75f, true);

  Logins(TokenStore tokens) {
    this.tokens = tokens;
  }

  /** What became of an attempt. */
  sealed interface Login {
    /** The token is known. */
    record Known(Caller caller) implements Login {}

    /** The token is not known. */
    record Unknown() implements Login {}

    /** It was not looked at. */
    record TooSoon(Duration delay) implements Login {}
  }

  Login attempt(String token, String peer, long nanoTime) {
    String sign = PeerAddress.network(peer) + " " + HexFormat.of().formatHex(Token.hash(token));
    Duration wait = throttle.delay(peer, nanoTime);
    if (!wait.isZero() && !isRemembered(sign)) {
      return new Login.TooSoon(wait);
    }
    Optional<Caller> caller = tokens.find(token);
    if (caller.isEmpty()) {
      forget(sign);
      throttle.failed(peer, nanoTime);
      return new Login.Unknown();
    }
    if (remember(sign)) {
      throttle.succeeded(peer);
    }
    return new Login.Known(caller.get());
  }

  private synchronized boolean isRemembered(String sign) {
    return remembered.get(sign) != null;
  }

  private synchronized boolean remember(String sign) {
    boolean fresh = remembered.put(sign, true) == null;
    if (remembered.size() > MOST_REMEMBERED) {
      remembered.remove(remembered.keySet().iterator().next());
    }
    return fresh;
  }

  private synchronized void forget(String sign) {
    remembered.remove(sign);
  }
}
