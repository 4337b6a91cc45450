package dev.slipstream.engine.codec;

import java.util.Map;

/**
 * What was turned into bytes and back since the start.
 *
 * @param encodedEntries entries turned into bytes
 * @param encodedBytesIn bytes of their payloads
 * @param encodedBytesOut bytes that were made of them, compressed, encrypted and framed
 * @param encodeNanos time that took, in nanoseconds
 * @param notEncoded entries that were not turned into bytes, being too large or the cipher failing
 * @param decodedEntries entries read
 * @param decodedBytesIn bytes they were read from
 * @param decodedBytesOut bytes of their payloads
 * @param decodeNanos time that took, in nanoseconds
 * @param unreadable entries that could not be read, by cause; every cause is there
 */
public record CodecStatistics(
    long encodedEntries,
    long encodedBytesIn,
    long encodedBytesOut,
    long encodeNanos,
    long notEncoded,
    long decodedEntries,
    long decodedBytesIn,
    long decodedBytesOut,
    long decodeNanos,
    Map<Unreadable, Long> unreadable) {

  public CodecStatistics {
    unreadable = Map.copyOf(unreadable);
  }
}
