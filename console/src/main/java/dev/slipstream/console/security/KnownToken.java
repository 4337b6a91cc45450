package dev.slipstream.console.security;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A token by its hash, as a line of the tokens file: {@code name:role:sha256}.
 *
 * @param caller whose it is and what it allows
 * @param hash SHA-256 of the token in hexadecimal digits
 */
public record KnownToken(Caller caller, String hash) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** Checks the name and the hash. */
  public KnownToken {
    if (!NAME.matcher(caller.name()).matches()) {
      throw new IllegalArgumentException(
          "\""
              + caller.name()
              + "\" is no name of a token: letters, digits, '.', '_', '@' and '-', at most 64");
    }
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException("the hash is no SHA-256 in 64 hexadecimal digits");
    }
  }

  /** The known side of a token. */
  public static KnownToken of(String name, Role role, String token) {
    return new KnownToken(new Caller(name, role), HexFormat.of().formatHex(Token.hash(token)));
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is none; the message does not repeat the hash
   */
  static KnownToken parse(String line) {
    String[] parts = line.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("no name:role:sha256");
    }
    Role role =
        Role.ofToken(parts[1])
            .orElseThrow(
                () -> new IllegalArgumentException("the role is neither viewer nor operator"));
    return new KnownToken(new Caller(parts[0], role), parts[2].toLowerCase(java.util.Locale.ROOT));
  }

  /** The line of the tokens file. */
  public String line() {
    return caller.name() + ":" + caller.role().label() + ":" + hash;
  }
}
