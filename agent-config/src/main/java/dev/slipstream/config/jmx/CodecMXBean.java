package dev.slipstream.config.jmx;

import org.jspecify.annotations.Nullable;

/** What entries are written to Redis with. Registered only where a Redis is configured. */
@Description(
    "How entries are turned into bytes for L2: compression, encryption, what was unreadable")
public interface CodecMXBean {
  @Description("Id of the key that entries are encrypted with; empty where they are in clear")
  String getEncryptionKeyId();

  @Description("Entries turned into bytes since the start")
  long getEncodedEntries();

  @Description("Bytes of these entries before compression")
  long getEncodedBytesIn();

  @Description("Bytes that were made of them, compressed, encrypted and framed")
  long getEncodedBytesOut();

  @Description("Bytes before compression for each byte made of them; absent before the first")
  @Nullable Double getCompressionRatio();

  @Description("Mean time to turn an entry into bytes, in microseconds; absent before the first")
  @Nullable Double getMeanEncodeTimeMicros();

  @Description("Entries not turned into bytes, being too large or the cipher failing")
  long getNotEncodedEntries();

  @Description("Entries read from bytes since the start")
  long getDecodedEntries();

  @Description("Bytes they were read from")
  long getDecodedBytesIn();

  @Description("Bytes of these entries after decompression")
  long getDecodedBytesOut();

  @Description("Mean time to read an entry, in microseconds; absent before the first")
  @Nullable Double getMeanDecodeTimeMicros();

  @Description("Time taken to turn entries into bytes since the start, in milliseconds")
  long getEncodeTimeMillis();

  @Description("Time taken to read entries since the start, in milliseconds")
  long getDecodeTimeMillis();

  @Description("Entries that could not be read, another version of the agent having written them")
  long getUnreadableOfOtherVersions();

  @Description("Entries that could not be read, not being what was written under their key")
  long getUnreadableDamaged();

  @Description(
      "Entries that could not be read, their key being unknown, or in clear where keys are set")
  long getUnreadableForWantOfKey();

  @Description("Entries that could not be read, being larger than any may be")
  long getUnreadableTooLarge();
}
