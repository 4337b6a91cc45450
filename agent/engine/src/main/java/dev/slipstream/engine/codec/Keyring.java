package dev.slipstream.engine.codec;

import dev.slipstream.config.EncryptionKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that payloads are encrypted with: AES-256-GCM (NIST SP 800-38D), a random nonce of 96
 * bits for each payload. The first encrypts, all decrypt. Thread-safe.
 */
final class Keyring {
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private final String encryptingId;
  private final Map<String, SecretKeySpec> keys = new HashMap<>();
  private final SecureRandom random = new SecureRandom();

  Keyring(List<EncryptionKey> keys) {
    encryptingId = keys.get(0).id();
    for (EncryptionKey key : keys) {
      this.keys.put(key.id(), new SecretKeySpec(key.secret(), "AES"));
    }
  }

  String encryptingId() {
    return encryptingId;
  }

  byte[] nonce() {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return nonce;
  }

  /** A cipher that encrypts with the first key. */
  Cipher encryption(byte[] nonce) throws GeneralSecurityException {
    return cipher(Cipher.ENCRYPT_MODE, encryptingId, new GCMParameterSpec(8 * TAG_BYTES, nonce));
  }

  /** A cipher that decrypts with the key of an id. */
  Cipher decryption(String id, byte[] bytes, int nonceAt)
      throws GeneralSecurityException, UnreadableException {
    if (!keys.containsKey(id)) {
      throw new UnreadableException(Unreadable.KEY_UNKNOWN);
    }
    return cipher(
        Cipher.DECRYPT_MODE, id, new GCMParameterSpec(8 * TAG_BYTES, bytes, nonceAt, NONCE_BYTES));
  }

  private Cipher cipher(int mode, String id, GCMParameterSpec nonce)
      throws GeneralSecurityException {
    // Not kept for each thread: the threads are the application's.
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, keys.get(id), nonce);
    return cipher;
  }

  static byte[] bytes(String id) {
    return id.getBytes(StandardCharsets.US_ASCII);
  }
}
