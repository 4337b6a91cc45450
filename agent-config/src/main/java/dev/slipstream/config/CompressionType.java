package dev.slipstream.config;

/** How bodies are compressed in the shared tier. */
public enum CompressionType {
  /** As they are. */
  NONE,
  /** RFC 1950. */
  ZLIB,
  /** RFC 1952. */
  GZIP
}
