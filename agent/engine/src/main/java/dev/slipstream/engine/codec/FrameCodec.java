package dev.slipstream.engine.codec;

import dev.slipstream.config.CompressionType;
import dev.slipstream.config.EncryptionKey;
import dev.slipstream.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * Puts payloads into frames and takes them out again: compressed where they are large enough and
 * that makes them smaller, encrypted where there are keys. Thread-safe.
 *
 * <pre>
 * byte  0  the letters SL
 *       2  version
 *       3  kind of the payload
 *       4  compression: 0 none, 1 zlib, 2 gzip
 *       5  length n of the encryption key's id; 0 where the payload is in clear
 *       6  length of the payload as it is before compression, 4 bytes
 *      10  CRC-32C of the entry's key and of all other bytes here, 4 bytes
 *      14  id of the encryption key, n bytes
 *          nonce, 12 bytes, where encrypted
 *          payload, where encrypted followed by the tag of 16 bytes
 * </pre>
 *
 * <p>The checksum, and with encryption the tag, cover the header and the key of the entry, so that
 * bytes which were moved under another key are no entry there. No input throws, and none takes more
 * memory than its own length and {@value #GREATEST_PAYLOAD_BYTES} bytes.
 */
public final class FrameCodec {
  static final int GREATEST_PAYLOAD_BYTES = 64 * 1024 * 1024;
  private static final byte[] MAGIC = {'S', 'L'};
  private static final byte VERSION = 3;
  private static final int KIND_AT = 3;
  private static final int COMPRESSION_AT = 4;
  private static final int ID_LENGTH_AT = 5;
  private static final int LENGTH_AT = 6;
  private static final int CHECKSUM_AT = 10;
  private static final int HEADER_BYTES = 14;
  private static final int GREATEST_FRAME_BYTES = GREATEST_PAYLOAD_BYTES + 1024;

  private final Compression compression;
  private final int thresholdBytes;
  private final @Nullable Keyring keyring;
  private final LongSupplier ticker;
  private final CodecCounters counters = new CodecCounters();

  /**
   * Makes a codec.
   *
   * @param thresholdBytes the smallest payload that is compressed
   * @param keys the first encrypts, all decrypt; none for payloads in clear
   * @param ticker nanoseconds that only grow
   */
  public FrameCodec(
      CompressionType compression,
      int thresholdBytes,
      List<EncryptionKey> keys,
      LongSupplier ticker) {
    this.compression = Compression.of(compression);
    this.thresholdBytes = thresholdBytes;
    this.keyring = keys.isEmpty() ? null : new Keyring(keys);
    this.ticker = ticker;
  }

  /** Makes a codec as the settings say. */
  public static FrameCodec of(Settings.Cache settings) {
    return new FrameCodec(
        settings.compressionType(),
        settings.compressionThresholdBytes(),
        settings.encryptionKeys(),
        System::nanoTime);
  }

  /**
   * The payload of the entry under a key, framed; null where it is larger than an entry may be or
   * cannot be encrypted, which is counted.
   */
  public byte @Nullable [] encode(String key, Kind kind, byte[] payload) {
    long begun = ticker.getAsLong();
    byte[] frame = payload.length > GREATEST_PAYLOAD_BYTES ? null : frame(key, kind, payload);
    if (frame == null) {
      counters.notEncoded();
    } else {
      counters.encoded(payload.length, frame.length, ticker.getAsLong() - begun);
    }
    return frame;
  }

  private byte @Nullable [] frame(String key, Kind kind, byte[] plain) {
    byte[] packed = plain.length < thresholdBytes ? plain : compression.compress(plain);
    boolean smaller = packed.length < plain.length;
    byte[] payload = smaller ? packed : plain;
    byte[] keyId = keyring == null ? new byte[0] : Keyring.bytes(keyring.encryptingId());
    int around = keyring == null ? 0 : keyId.length + Keyring.NONCE_BYTES + Keyring.TAG_BYTES;
    ByteBuffer frame =
        ByteBuffer.allocate(HEADER_BYTES + around + payload.length)
            .put(MAGIC)
            .put(VERSION)
            .put(kind.number())
            .put((smaller ? compression : Compression.NONE).number())
            .put((byte) keyId.length)
            .putInt(plain.length)
            .putInt(0)
            .put(keyId);
    byte[] entryKey = bytes(key);
    if (keyring == null) {
      frame.put(payload);
    } else {
      try {
        byte[] nonce = keyring.nonce();
        Cipher cipher = keyring.encryption(nonce);
        authenticate(cipher, frame.array(), keyId.length, entryKey);
        frame.put(nonce);
        cipher.doFinal(ByteBuffer.wrap(payload), frame);
      } catch (GeneralSecurityException e) {
        return null; // never in clear instead
      }
    }
    return frame.putInt(CHECKSUM_AT, checksum(frame.array(), entryKey)).array();
  }

  /**
   * What a frame under a key has in it, or null where it cannot be read, which is counted by cause.
   *
   * @param <T> the value that the payload stands for
   */
  public <T> @Nullable T decode(String key, byte[] bytes, PayloadReader<T> reader) {
    long begun = ticker.getAsLong();
    try {
      byte[] plain = payload(key, bytes);
      T value = read(Kind.numbered(bytes[KIND_AT]), plain, reader);
      counters.decoded(bytes.length, plain.length, ticker.getAsLong() - begun);
      return value;
    } catch (UnreadableException e) {
      counters.unreadable(e.unreadable());
      return null;
    }
  }

  private static <T> T read(@Nullable Kind kind, byte[] plain, PayloadReader<T> reader)
      throws UnreadableException {
    T value = null;
    try {
      if (kind != null) {
        value = reader.read(kind, new DataInputStream(new ByteArrayInputStream(plain)));
      }
    } catch (IOException | RuntimeException e) {
      throw new UnreadableException(Unreadable.DAMAGED);
    }
    if (value == null) {
      throw new UnreadableException(Unreadable.VERSION);
    }
    return value;
  }

  private byte[] payload(String key, byte[] bytes) throws UnreadableException {
    if (bytes.length > GREATEST_FRAME_BYTES) {
      throw new UnreadableException(Unreadable.TOO_LARGE);
    }
    if (bytes.length < HEADER_BYTES || bytes[0] != MAGIC[0] || bytes[1] != MAGIC[1]) {
      throw new UnreadableException(Unreadable.DAMAGED);
    }
    if (bytes[2] != VERSION) {
      throw new UnreadableException(Unreadable.VERSION);
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    byte[] entryKey = bytes(key);
    if (header.getInt(CHECKSUM_AT) != checksum(bytes, entryKey)) {
      throw new UnreadableException(Unreadable.DAMAGED);
    }
    int length = header.getInt(LENGTH_AT);
    if (length < 0 || length > GREATEST_PAYLOAD_BYTES) {
      throw new UnreadableException(Unreadable.TOO_LARGE);
    }
    Compression compressed = Compression.numbered(bytes[COMPRESSION_AT]);
    if (compressed == null) {
      throw new UnreadableException(Unreadable.VERSION);
    }
    int idLength = bytes[ID_LENGTH_AT] & 0xff;
    if ((keyring == null) != (idLength == 0)) {
      throw new UnreadableException(Unreadable.KEY_UNKNOWN);
    }
    byte[] from = bytes;
    int at = HEADER_BYTES;
    if (keyring != null) {
      from = decrypted(keyring, bytes, idLength, entryKey);
      at = 0;
    }
    return decompressed(compressed, from, at, length);
  }

  private static byte[] decrypted(Keyring keyring, byte[] bytes, int idLength, byte[] entryKey)
      throws UnreadableException {
    int nonceAt = HEADER_BYTES + idLength;
    int at = nonceAt + Keyring.NONCE_BYTES;
    if (bytes.length < at + Keyring.TAG_BYTES) {
      throw new UnreadableException(Unreadable.DAMAGED);
    }
    String id = new String(bytes, HEADER_BYTES, idLength, StandardCharsets.US_ASCII);
    try {
      Cipher cipher = keyring.decryption(id, bytes, nonceAt);
      authenticate(cipher, bytes, idLength, entryKey);
      return cipher.doFinal(bytes, at, bytes.length - at);
    } catch (GeneralSecurityException e) {
      throw new UnreadableException(Unreadable.DAMAGED);
    }
  }

  private static byte[] decompressed(Compression compression, byte[] bytes, int from, int length)
      throws UnreadableException {
    int there = bytes.length - from;
    // Checked before anything of the stated length is made.
    if (length > (long) there * Compression.GREATEST_RATIO) {
      throw new UnreadableException(Unreadable.DAMAGED);
    }
    byte[] plain = new byte[length];
    compression.decompress(bytes, from, there, plain);
    return plain;
  }

  /** The key's characters, two bytes each: no two keys are the same, as they might be in UTF-8. */
  private static byte[] bytes(String key) {
    byte[] bytes = new byte[2 * key.length()];
    ByteBuffer.wrap(bytes).asCharBuffer().put(key);
    return bytes;
  }

  /**
   * What the tag covers beside the payload. Its parts' lengths are in it, the key's is the rest.
   */
  private static void authenticate(Cipher cipher, byte[] frame, int idLength, byte[] entryKey) {
    cipher.updateAAD(frame, 0, CHECKSUM_AT);
    cipher.updateAAD(frame, HEADER_BYTES, idLength);
    cipher.updateAAD(entryKey);
  }

  private static int checksum(byte[] frame, byte[] entryKey) {
    CRC32C crc = new CRC32C();
    crc.update(entryKey);
    crc.update(frame, 0, CHECKSUM_AT);
    crc.update(frame, HEADER_BYTES, frame.length - HEADER_BYTES);
    return (int) crc.getValue();
  }

  /** The id of the key that encrypts; empty where payloads are in clear. */
  public String encryptionKeyId() {
    return keyring == null ? "" : keyring.encryptingId();
  }

  /** What was turned into bytes and back since the start. */
  public CodecStatistics statistics() {
    return counters.statistics();
  }
}
