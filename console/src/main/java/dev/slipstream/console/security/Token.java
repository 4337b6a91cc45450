package dev.slipstream.console.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** A secret that a caller shows: 256 random bits as text, so that a plain hash of it is enough. */
public final class Token {
  private static final int RANDOM_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What is accepted of tokens that were made elsewhere: the token68 of RFC 9110, long enough. */
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._~+/-]{32,256}=*");

  private Token() {}

  /** Makes one. */
  public static String make() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static boolean isAcceptable(String text) {
    return ACCEPTED.matcher(text).matches();
  }

  /** Its SHA-256, which is all that is kept. */
  static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has it.
    }
  }
}
