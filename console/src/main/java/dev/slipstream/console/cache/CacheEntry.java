package dev.slipstream.console.cache;

import dev.slipstream.config.jmx.EntryReport;
import dev.slipstream.console.merge.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway has stored under a key, of L1 where that has it, else of L2; secrets are masked.
 *
 * @param status status of the response; null where it is none
 * @param ageMs its age, in milliseconds
 * @param ttlMs time until it is dropped; null where nothing says so
 * @param freshMs time for which it is fresh; negative: since when it is stale; null where it is no
 *     response
 * @param freshness fresh, stale or expired
 * @param sizeBytes bytes it takes
 * @param contentType null where it has none, as are the encoding and the rule
 * @param variant the request fields that choose it
 * @param bodyExcerpt the beginning of a body that is text; null unless the gateway may show bodies
 */
public record CacheEntry(
    String target,
    String key,
    boolean l1,
    boolean l2,
    @Nullable Integer status,
    String storedAt,
    long ageMs,
    @Nullable Long ttlMs,
    @Nullable Long freshMs,
    String freshness,
    long sizeBytes,
    long bodyBytes,
    @Nullable String contentType,
    @Nullable String contentEncoding,
    List<String> tags,
    Map<String, String> fields,
    Map<String, String> variant,
    @Nullable String rule,
    @Nullable String bodyExcerpt) {

  static CacheEntry of(String target, EntryReport report) {
    return new CacheEntry(
        target,
        report.key(),
        report.l1(),
        report.l2(),
        report.status() == 0 ? null : Integer.valueOf(report.status()),
        Wire.at(Instant.ofEpochMilli(report.storedAtMillis())),
        report.ageMillis(),
        report.ttlMillis(),
        report.freshMillis(),
        report.freshness(),
        report.sizeBytes(),
        report.bodyBytes(),
        Wire.text(report.contentType()),
        Wire.text(report.contentEncoding()),
        report.tags(),
        new TreeMap<>(report.fields()),
        new TreeMap<>(report.variant()),
        Wire.text(report.rule()),
        report.bodyExcerpt());
  }
}
