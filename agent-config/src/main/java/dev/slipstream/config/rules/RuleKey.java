package dev.slipstream.config.rules;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A key of a rule in the YAML file. */
enum RuleKey {
  NAME,
  PATTERN,
  METHODS,
  MODE,
  TTL,
  TTL_BY_STATUS,
  STATUSES,
  VARY_HEADERS,
  CACHE_POST,
  CACHE_AUTHENTICATED,
  IGNORE_CREDENTIALS,
  STALE_WHILE_REVALIDATE,
  STALE_IF_ERROR,
  NEVER_STALE,
  BYPASS,
  NO_STORE,
  INVALIDATE_ON,
  TAGS,
  ORIGIN,
  IGNORE_QUERY,
  SORT_QUERY,
  HARMLESS_COOKIES,
  MAX_BODY,
  GZIP,
  SERVE_AT,
  WRITE,
  PRIORITY,
  BUDGET,
  ADAPTIVE_TTL,
  ENABLED;

  /** The keys as they are written. */
  static final List<String> NAMES = Stream.of(values()).map(RuleKey::toString).toList();

  /** Returns the key as it is written, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
