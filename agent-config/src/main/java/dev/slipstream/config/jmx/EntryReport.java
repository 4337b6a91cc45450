package dev.slipstream.config.jmx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;

/**
 * What is stored under a key: of L1 where that has it, else of L2.
 *
 * @param key the whole key
 * @param l1 whether L1 of this gateway has it
 * @param l2 whether L2 has it
 * @param status status of the stored response; 0 where it is none: a value of an application, or an
 *     index of variants
 * @param storedAtMillis when it was stored, in milliseconds since 1970
 * @param ageMillis its age, in milliseconds; of a response as the Age field counts it (RFC 9111
 *     §4.2.3)
 * @param ttlMillis time until it is dropped, in milliseconds; null where nothing says so
 * @param freshMillis time for which it is fresh, in milliseconds; negative: since when it is stale;
 *     null where it is no response
 * @param freshness fresh, stale (it answers only where a stale answer may) or expired
 * @param sizeBytes bytes it takes in L1, else bytes of it in L2 as it is written there
 * @param bodyBytes bytes of the stored body
 * @param contentType Content-Type; empty where there is none
 * @param contentEncoding Content-Encoding; empty where there is none
 * @param tags the tags it is invalidated by
 * @param fields the fields of the response; what may be secret is masked
 * @param variant the request fields that choose this answer; what may be secret is masked, and so
 *     is an identity
 * @param rule the rule that it was stored by; empty for none
 * @param bodyExcerpt the first 4,096 characters of a body that is text; null unless the setting
 *     {@code management_show_bodies} is true, and for what is of one identity
 */
public record EntryReport(
    String key,
    boolean l1,
    boolean l2,
    int status,
    long storedAtMillis,
    long ageMillis,
    @Nullable Long ttlMillis,
    @Nullable Long freshMillis,
    String freshness,
    long sizeBytes,
    long bodyBytes,
    String contentType,
    String contentEncoding,
    List<String> tags,
    Map<String, String> fields,
    Map<String, String> variant,
    String rule,
    @Nullable String bodyExcerpt) {
  /** Copies what it is made of. */
  public EntryReport {
    tags = List.copyOf(tags);
    fields = Map.copyOf(fields);
    variant = Map.copyOf(variant);
  }

  /** What {@link #key} is, under the name that JMX looks for, as are the following. */
  public String getKey() {
    return key;
  }

  /** See {@link #l1}. */
  public boolean isL1() {
    return l1;
  }

  /** See {@link #l2}. */
  public boolean isL2() {
    return l2;
  }

  /** See {@link #status}. */
  public int getStatus() {
    return status;
  }

  /** See {@link #storedAtMillis}. */
  public long getStoredAtMillis() {
    return storedAtMillis;
  }

  /** See {@link #ageMillis}. */
  public long getAgeMillis() {
    return ageMillis;
  }

  /** See {@link #ttlMillis}. */
  public @Nullable Long getTtlMillis() {
    return ttlMillis;
  }

  /** See {@link #freshMillis}. */
  public @Nullable Long getFreshMillis() {
    return freshMillis;
  }

  /** See {@link #freshness}. */
  public String getFreshness() {
    return freshness;
  }

  /** See {@link #sizeBytes}. */
  public long getSizeBytes() {
    return sizeBytes;
  }

  /** See {@link #bodyBytes}. */
  public long getBodyBytes() {
    return bodyBytes;
  }

  /** See {@link #contentType}. */
  public String getContentType() {
    return contentType;
  }

  /** See {@link #contentEncoding}. */
  public String getContentEncoding() {
    return contentEncoding;
  }

  /** See {@link #tags}. */
  public List<String> getTags() {
    return tags;
  }

  /** See {@link #fields}. */
  public Map<String, String> getFields() {
    return fields;
  }

  /** See {@link #variant}. */
  public Map<String, String> getVariant() {
    return variant;
  }

  /** See {@link #rule}. */
  public String getRule() {
    return rule;
  }

  /** See {@link #bodyExcerpt}. */
  public @Nullable String getBodyExcerpt() {
    return bodyExcerpt;
  }

  /** Rebuilds the record from what JMX sends. */
  public static EntryReport from(CompositeData data) {
    return new EntryReport(
        (String) data.get("key"),
        (Boolean) data.get("l1"),
        (Boolean) data.get("l2"),
        (Integer) data.get("status"),
        (Long) data.get("storedAtMillis"),
        (Long) data.get("ageMillis"),
        (Long) data.get("ttlMillis"),
        (Long) data.get("freshMillis"),
        (String) data.get("freshness"),
        (Long) data.get("sizeBytes"),
        (Long) data.get("bodyBytes"),
        (String) data.get("contentType"),
        (String) data.get("contentEncoding"),
        Arrays.asList((String[]) data.get("tags")),
        TextTables.of((TabularData) data.get("fields")),
        TextTables.of((TabularData) data.get("variant")),
        (String) data.get("rule"),
        (String) data.get("bodyExcerpt"));
  }
}
