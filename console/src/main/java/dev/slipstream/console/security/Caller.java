package dev.slipstream.console.security;

/**
 * Who sent a request.
 *
 * @param name the name of the token
 */
public record Caller(String name, Role role) {
  /** Somebody without a token. */
  public static final Caller ANONYMOUS = new Caller("anonymous", Role.NONE);
}
