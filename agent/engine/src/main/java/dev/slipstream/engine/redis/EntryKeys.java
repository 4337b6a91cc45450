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
 * the whole. In a cluster a group follows the prefix, in braces that keep the names of one group in
 * one slot: {@code apigw:{17}:user:1}. Keys have no group, names on the server do.
 */
final class EntryKeys {
  private static final int GREATEST_LENGTH = 250;
  private static final int KEPT = GREATEST_LENGTH - 65;
  private static final char MARK = '~';

  private final String prefix;
  private final String group;
  private final byte[] invalidations;
  private final byte[] changes;
  private final byte[] walks;
  private final byte[] known;
  private final String tagIndex;

  EntryKeys(String keyPrefix) {
    this(keyPrefix, "");
  }

  private EntryKeys(String keyPrefix, String group) {
    this.prefix = keyPrefix + ':';
    this.group = group;
    this.invalidations = bytes(prefix + group + "_inv");
    this.changes = bytes(prefix + group + "_u");
    this.walks = bytes(prefix + group + "_w");
    this.known = bytes(prefix + group + "_k");
    this.tagIndex = prefix + group + "_t:";
  }

  static EntryKeys ofGroup(String keyPrefix, int group) {
    return new EntryKeys(keyPrefix, "{" + group + "}:");
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

  /** When URLs changed. */
  byte[] changes() {
    return changes;
  }

  byte[] walks() {
    return walks;
  }

  /** Where gateways note that they are there. */
  byte[] gateways() {
    return bytes(prefix + group + "_nodes");
  }

  /** Where the secret is that gateways agree on. */
  byte[] secret() {
    return bytes(prefix + group + "_secret");
  }

  /** Where gateways leave what they have learned. */
  byte[] learned() {
    return bytes(prefix + group + "_learned");
  }

  /** The channel of what gateways tell each other, which belongs to no group. */
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

  /** When a gateway last wrote that it lives, in microseconds of the server's clock. */
  byte[] beat() {
    return bytes(prefix + group + "_beat");
  }

  /** A key that is never an entry's. */
  String probe() {
    return prefix + "_probe";
  }

  /** The length of what keys begin with, in bytes, as digits. */
  byte[] prefixLength() {
    return bytes(Integer.toString(bytes(prefix).length));
  }

  /** Whether a key can be an entry's: it has our prefix, and no namespace of our own. */
  boolean isEntry(String key) {
    return key.startsWith(prefix) && !key.startsWith("_", prefix.length());
  }

  /** Whether a name on the server can be an entry's of this group. */
  boolean isEntryName(String name) {
    return name.startsWith(prefix)
        && name.startsWith(group, prefix.length())
        && !name.startsWith("_", prefix.length() + group.length());
  }

  /** The name that an entry has on the server. */
  String name(String key) {
    boolean fits =
        key.length() <= GREATEST_LENGTH
            && !(key.length() == GREATEST_LENGTH && key.charAt(KEPT) == MARK);
    String name = fits ? key : shortened(key);
    return group.isEmpty() ? name : prefix + group + name.substring(prefix.length());
  }

  /** The key of an entry by its name, which is not shortened. */
  String key(String name) {
    return group.isEmpty() ? name : prefix + name.substring(prefix.length() + group.length());
  }

  /** Whether a name has the form of a shortened one. */
  boolean isShortened(String name) {
    return name.length() == GREATEST_LENGTH + group.length()
        && name.charAt(KEPT + group.length()) == MARK;
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
    return bytes(escaped(prefix + group).replace("*", "\\*") + '*');
  }

  /** A pattern of Redis for everything with our prefix and a group. */
  byte[] everythingInGroups() {
    return bytes(escaped(prefix).replace("*", "\\*") + "{*}:*");
  }

  /** What follows the prefix: the group with its colon; empty where there are no groups. */
  String group() {
    return group;
  }

  /** The group that a name is in, as {@link #group} says it; empty where it is in none. */
  String groupOf(String name) {
    int end = name.startsWith(prefix) ? name.indexOf("}:", prefix.length()) : -1;
    return end < 0 ? "" : name.substring(prefix.length(), end + 2);
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
    if (Tags.areTogether(pattern)) {
      return pattern;
    }
    return pattern.replace('?', '*').replaceAll("\\*+", "*");
  }

  private static String escaped(String text) {
    return text.replaceAll("[\\\\\\[\\]?^]", "\\\\$0");
  }
}
