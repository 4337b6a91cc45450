package dev.slipstream.engine.redis;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret under which identities become parts of keys. Gateways that share a Redis agree on one
 * there: the first to come stores its own, the others take it. Thread-safe.
 */
public final class SharedSecret {
  /** What the secret is a key for. */
  public static final String ALGORITHM = "HmacSHA256";

  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  private final boolean given;
  private volatile SecretKeySpec key;
  private volatile boolean agreed;

  private SharedSecret(byte[] secret, boolean given) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
    this.given = given;
  }

  /** One that is set, and that no server is told. */
  public static SharedSecret of(String secret) {
    return new SharedSecret(secret.getBytes(StandardCharsets.UTF_8), true);
  }

  /** One that is this process's own until it is agreed on. */
  public static SharedSecret random() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return new SharedSecret(secret, false);
  }

  /** The secret as it is now. */
  public SecretKeySpec key() {
    return key;
  }

  /** Whether it was set. */
  boolean isGiven() {
    return given;
  }

  /** Whether other gateways may have it: it was set, or agreed on. */
  public boolean isShared() {
    return given || agreed;
  }

  /** As it is stored, where nothing is yet. */
  byte[] offered() {
    return HexFormat.of().formatHex(key.getEncoded()).getBytes(StandardCharsets.US_ASCII);
  }

  /** Takes what is stored. Returns false where that is no secret. */
  boolean accept(byte[] stored) {
    String text = new String(stored, StandardCharsets.US_ASCII);
    if (!FORM.matcher(text).matches()) {
      return false;
    }
    byte[] secret = HexFormat.of().parseHex(text);
    if (!Arrays.equals(secret, key.getEncoded())) {
      key = new SecretKeySpec(secret, ALGORITHM);
    }
    agreed = true;
    return true;
  }
}
