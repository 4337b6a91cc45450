package dev.slipstream.config;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A key that entries are encrypted with in the shared tier; its text form has no secret. */
public final class EncryptionKey {

  /** What is accepted, in words. */
  static final String ACCEPTED =
      "id:key, the id of 1 to 32 letters, digits, \"-\", \"_\" and \".\", the key 32 bytes in base64";

  private static final int SECRET_BYTES = 32;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,32}");

  private final String id;
  private final byte[] secret;

  private EncryptionKey(String id, byte[] secret) {
    this.id = id;
    this.secret = secret;
  }

  /** Reads keys; the first encrypts, all decrypt. */
  static List<EncryptionKey> parseAll(List<String> texts) throws InvalidValueException {
    List<EncryptionKey> keys = new ArrayList<>();
    for (String text : texts) {
      keys.add(parse(text));
    }
    return together(keys, List.of());
  }

  /** Puts keys behind others; no two of them may have one id. */
  static List<EncryptionKey> together(List<EncryptionKey> first, List<EncryptionKey> then)
      throws InvalidValueException {
    List<EncryptionKey> keys = new ArrayList<>(first);
    keys.addAll(then);
    if (keys.stream().map(EncryptionKey::id).distinct().count() < keys.size()) {
      throw new InvalidValueException("has two keys with one id");
    }
    return List.copyOf(keys);
  }

  private static EncryptionKey parse(String text) throws InvalidValueException {
    int colon = text.indexOf(':');
    if (colon < 0 || !ID.matcher(text.substring(0, colon)).matches()) {
      throw new InvalidValueException("does not begin with the id of a key");
    }
    byte[] secret;
    try {
      secret = Base64.getDecoder().decode(text.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("has a key that is not base64");
    }
    if (secret.length != SECRET_BYTES) {
      throw new InvalidValueException("has a key that is not 32 bytes long");
    }
    return new EncryptionKey(text.substring(0, colon), secret);
  }

  /** The name by which an entry says what it was encrypted with. */
  public String id() {
    return id;
  }

  /** The 256 bits of the key; a copy. */
  public byte[] secret() {
    return secret.clone();
  }

  @Override
  public String toString() {
    return id + ":***";
  }
}
