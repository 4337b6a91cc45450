package dev.slipstream.engine.redis;

import dev.slipstream.config.NamePatterns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The names of entries and of what is beside them on the server.
 *
 * <p>An entry is under its key. A key over {@value #GREATEST_LENGTH} characters keeps its
 * beginning; the rest is replaced by the SHA-256 of all of it, and the indexes and the entry have
 * the whole.
 */
final class EntryKeys {
  private static final int GREATEST_LENGTH = 250;
  private static final int KEPT = GREATEST_LENGTH - 65;
  private static final char MARK = '~';

  private final String prefix;
  private final byte[] invalidations;
  private final byte[] walks;
  private final byte[] known;
  private final String tagIndex;

  EntryKeys(String keyPrefix) {
    this.prefix = keyPrefix + ':';
    this.invalidations = bytes(prefix + "_inv");
    this.walks = bytes(prefix + "_w");
    this.known = bytes(prefix + "_k");
    this.tagIndex = prefix + "_t:";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  byte[] invalidations() {
    return invalidations;
  }

  byte[] walks() {
    return walks;
  }

  /** Where gateways note that they are there. */
  byte[] gateways() {
    return bytes(prefix + "_nodes");
  }

  /** The channel of what gateways tell each other. */
  byte[] channel() {
    return bytes(prefix + "_events");
  }

  byte[] known() {
    return known;
  }

  byte[] tagIndex(String tag) {
    return bytes(tagIndex + tag);
  }

  /** What the names of all tags' indexes begin with. */
  byte[] tagIndexes() {
    return bytes(tagIndex);
  }

  /** The length of the prefix with its colon, in bytes, as digits. */
  byte[] prefixLength() {
    return bytes(Integer.toString(bytes(prefix).length));
  }

  /** Whether a key can be an entry's: it has our prefix, and no namespace of our own. */
  boolean isEntry(String key) {
    return key.startsWith(prefix) && !key.startsWith("_", prefix.length());
  }

  /** The name that an entry has on the server. */
  String name(String key) {
    return key.length() <= GREATEST_LENGTH && !isShortened(key) ? key : shortened(key);
  }

  /** Whether a name has the form of a shortened one. */
  static boolean isShortened(String name) {
    return name.length() == GREATEST_LENGTH && name.charAt(KEPT) == MARK;
  }

  private static String shortened(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(key));
      return key.substring(0, KEPT) + MARK + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Whether one of the patterns matches the key, the key without prefix, or without prefix and
   * namespace.
   */
  boolean matches(NamePatterns patterns, String key) {
    if (patterns.patterns().isEmpty()) {
      return false;
    }
    String withoutPrefix = key.substring(Math.min(prefix.length(), key.length()));
    int namespaceEnd = withoutPrefix.indexOf(':');
    return patterns.matches(key)
        || patterns.matches(withoutPrefix)
        || (namespaceEnd >= 0 && patterns.matches(withoutPrefix.substring(namespaceEnd + 1)));
  }

  /** A pattern of Redis for everything with our prefix. */
  byte[] everything() {
    return bytes(escaped(prefix).replace("*", "\\*") + '*');
  }

  /**
   * A pattern of Redis for at least the keys that a pattern of ours matches. Many stars take the
   * server very long; then it is everything.
   */
  byte[] superset(String pattern) {
    String stars = withoutQuestionMarks(pattern);
    if (stars.chars().filter(c -> c == '*').count() > 3) {
      return bytes("*");
    }
    return bytes(stars.startsWith("*") ? escaped(stars) : '*' + escaped(stars));
  }

  /** A pattern that matches at least as much and has no wildcard but the star. */
  static String withoutQuestionMarks(String pattern) {
    return pattern.replace('?', '*').replaceAll("\\*+", "*");
  }

  private static String escaped(String text) {
    return text.replaceAll("[\\\\\\[\\]?^]", "\\\\$0");
  }
}
