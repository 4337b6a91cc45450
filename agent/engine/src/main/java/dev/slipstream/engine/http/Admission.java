package dev.slipstream.engine.http;

import dev.slipstream.config.Settings;
import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.engine.learn.LearnedLifetime;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What of an answer is admitted to the cache, and in which form: the policies applied with the
 * settings. Decides and makes; keeps nothing.
 */
final class Admission {
  /** Fields of one connection or one answer, never stored (RFC 9110 §7.6.1, RFC 9111 §3.1). */
  private static final Set<String> NOT_STORED =
      Set.of(
          "age",
          "connection",
          "content-length",
          "date",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /**
   * Fields about the stored bytes: what a 304 says of them is about others (RFC 9111 §3.2). The
   * entity tag is the one that was confirmed.
   */
  private static final Set<String> NOT_UPDATED =
      Set.of(
          "content-encoding",
          "content-range",
          "content-md5",
          "content-digest",
          "repr-digest",
          "digest",
          "etag");

  /** Begins the tag that every entry of a rule has. */
  static final String RULE_TAG = "rule:";

  private final Settings.Http settings;
  private final Duration defaultTtl;
  private final BooleanSupplier busy;
  private final Common<String> texts = new Common<>();
  private final Common<Lifetime> lifetimes = new Common<>();
  private final Common<List<String>> tagLists = new Common<>();

  /**
   * Makes what admits answers.
   *
   * @param busy whether what is not needed now is left undone
   */
  Admission(Settings.Http settings, Duration defaultTtl, BooleanSupplier busy) {
    this.busy = busy;
    this.settings = settings;
    this.defaultTtl = defaultTtl;
  }

  /** The tag that every entry of a rule has. */
  static String tagOf(CacheRule rule) {
    return RULE_TAG + rule.name();
  }

  /**
   * Judges an answer.
   *
   * @param identified whether it has an identity that the key does not tell apart
   */
  Verdict verdict(
      ResponseHead head,
      @Nullable CacheRule rule,
      @Nullable LearnedLifetime learned,
      boolean identified,
      long requestedAt,
      long now) {
    Stated stated = stated(head);
    Lifetime lifetime = lifetime(head, stated, rule, learned, now);
    long age = Freshness.initialAgeMillis(head.fields(), requestedAt, now);
    return new Verdict(
        StoragePolicy.refusal(head, stated, identified, lifetime, age),
        Math.floorDiv(lifetime.freshMillis() - age, 1000));
  }

  /**
   * Whether an answer may be stored, and for how long it is fresh from now on.
   *
   * @param refusal why it may not, or null if it may
   */
  record Verdict(@Nullable Refusal refusal, long ttlSeconds) {}

  /** Whether answers from the cache may go out in gzip, so that each of them has to say so. */
  static boolean isGzipped(ResponseHead head, @Nullable CacheRule rule) {
    return rule != null && rule.gzip() && mayBeGzipped(head);
  }

  /** Whether an answer may go out in gzip, if it is to. */
  static boolean mayBeGzipped(ResponseHead head) {
    return GzipVariant.isFor(head, CacheControl.parse(head.fields().all("Cache-Control")));
  }

  /** An answer as it is stored. */
  StoredResponse response(
      ResponseHead head,
      byte[] body,
      @Nullable CacheRule rule,
      @Nullable LearnedLifetime learned,
      List<String> moreTags,
      long requestedAt,
      long now) {
    Fields fields = head.fields();
    Stated stated = stated(head);
    Set<String> listed = listed(fields, stated.control());
    ContentRange range =
        head.status() == 206 ? ContentRange.parse(fields.first("Content-Range")) : null;
    Predicate<String> notStored =
        name ->
            NOT_STORED.contains(name)
                || listed.contains(name)
                || (range != null && name.equals("content-range")); // each from it has its own
    return new StoredResponse(
        head.status(),
        head.replaced().without(notStored).sharing(texts),
        head.appended().without(notStored).sharing(texts),
        body,
        range,
        fields.contains("Content-Length"),
        stated.isExplicitlyShared(),
        Freshness.dateMillis(fields, now),
        Freshness.initialAgeMillis(fields, requestedAt, now),
        now,
        lifetimes.of(lifetime(head, stated, rule, learned, now).orStale()),
        tagLists.of(tags(rule, moreTags)),
        isGzipped(head, rule) && !busy.getAsBoolean() ? GzipVariant.of(body) : null);
  }

  /** The head of a stored answer with what another one says anew (RFC 9111 §3.2). */
  ResponseHead told(StoredResponse stored, ResponseHead head) {
    Set<String> listed = listed(head.fields(), stated(head).control());
    Predicate<String> kept =
        name -> NOT_STORED.contains(name) || NOT_UPDATED.contains(name) || listed.contains(name);
    Fields fields = stored.fields().replacedBy(head.replaced().without(kept));
    Fields.Builder all = Fields.builder();
    fields.forEach(all::add);
    head.fields().all("Date").forEach(date -> all.add("Date", date));
    head.fields().all("Age").forEach(age -> all.add("Age", age));
    return new ResponseHead(stored.status(), all.build(), fields, stored.appended());
  }

  /** A stored answer with its head as it was {@linkplain #told told} anew. */
  StoredResponse freshened(
      StoredResponse stored,
      ResponseHead told,
      @Nullable CacheRule rule,
      @Nullable LearnedLifetime learned,
      long requestedAt,
      long now) {
    Stated stated = Stated.of(told.fields(), settings.targetedFields());
    return new StoredResponse(
        stored.status(),
        told.replaced(),
        stored.appended(),
        stored.body(),
        stored.range(),
        stored.lengthStated(),
        stated.isExplicitlyShared(),
        Freshness.dateMillis(told.fields(), now),
        Freshness.initialAgeMillis(told.fields(), requestedAt, now),
        now,
        lifetime(told, stated, rule, learned, now).orStale(),
        tags(rule, stored.tags()),
        stored.gzipped());
  }

  private Stated stated(ResponseHead head) {
    return Stated.of(head.fields(), settings.targetedFields());
  }

  private Lifetime lifetime(
      ResponseHead head,
      Stated stated,
      @Nullable CacheRule rule,
      @Nullable LearnedLifetime learned,
      long nowMillis) {
    return Freshness.lifetime(
        head, stated, rule, defaultTtl, settings.staleIfError(), learned, nowMillis);
  }

  /** A rule's own tags, one that stands for the rule, and the answer's own. */
  private static List<String> tags(@Nullable CacheRule rule, List<String> moreTags) {
    if (rule == null) {
      return List.copyOf(moreTags);
    }
    Set<String> tags = new LinkedHashSet<>(rule.tags());
    tags.add(RULE_TAG + rule.name());
    tags.addAll(moreTags); // after a change of rules, those of the one before are among them
    return List.copyOf(tags);
  }

  /** The lower-case names of the fields that a message lists as not to be stored. */
  private static Set<String> listed(Fields fields, CacheControl control) {
    Set<String> noCache = control.listedFields("no-cache");
    Set<String> ones = control.listedFields("private");
    if (noCache.isEmpty() && ones.isEmpty() && !fields.contains("Connection")) {
      return Set.of();
    }
    Set<String> listed = names(fields, "Connection");
    listed.addAll(noCache);
    listed.addAll(ones);
    return listed;
  }

  /** The distinct lower-case names that a field lists, in alphabetical order. */
  static Set<String> names(Fields fields, String field) {
    Set<String> names = new TreeSet<>();
    for (String line : fields.all(field)) {
      for (String name : line.split(",", -1)) {
        if (!name.isBlank()) {
          names.add(name.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return names;
  }
}
