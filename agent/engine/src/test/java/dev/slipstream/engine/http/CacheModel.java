package dev.slipstream.engine.http;

import dev.slipstream.engine.http.ModelOrigin.Representation;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What RFC 9111, RFC 5861 and the rules allow to be answered: everything that the origin has ever
 * said, and all that was made invalid since.
 */
final class CacheModel {
  /** After which nothing that the origin said can be of use: longer than any lifetime here. */
  private static final long FORGOTTEN_MILLIS = 4 * 3_600_000;

  private static final long HOUR_MILLIS = 3_600_000;
  private static final long DEFAULT_IF_ERROR_MILLIS = 60_000;

  private final Map<String, List<Statement>> statements = new HashMap<>();
  private final List<Invalid> invalidations = new ArrayList<>();

  /** On what occasion a stored answer was given. */
  enum Occasion {
    /** Instead of asking the application. */
    FOUND,
    /** The application has confirmed it. */
    CONFIRMED,
    /** The application has failed with a status that any response answers for. */
    UNREACHABLE,
    /** The application has failed with another status. */
    ERROR
  }

  /** What the origin said of a body on one occasion: with a 200 or 206, a 304 or to HEAD. */
  static final class Statement {
    final Representation of;
    final ModelRequest asked;
    final ModelDirectives said;
    final String identity;
    final int status;
    final long atMillis;
    final long dateMillis;
    final long initialAgeMillis;
    final long lifetimeMillis;
    final long whileRevalidateMillis;
    final long ifErrorMillis;
    final boolean anyError;
    final boolean mayBeStale;
    final Map<String, String> selecting = new HashMap<>();
    final Set<String> tags;
    @Nullable String mayNotBeStored;
    @Nullable String invalidated;

    Statement(
        ModelOrigin.Answer answer,
        Representation of,
        ModelRequest asked,
        String identity,
        int status,
        long begunMillis,
        long nowMillis) {
      this.of = of;
      this.asked = asked;
      this.said = answer.said();
      this.identity = identity;
      this.status = status;
      this.atMillis = nowMillis;
      ModelRule rule = asked.rule();
      Fields fields = answer.fields();
      long date = millis(fields.first("Date"), nowMillis);
      this.dateMillis = date;
      long apparent = Math.max(0, nowMillis - date);
      String age = fields.first("Age");
      this.initialAgeMillis =
          age == null
              ? apparent
              : Math.max(apparent, Integer.parseInt(age) * 1000L + nowMillis - begunMillis);
      long lifetime = lifetime(said, fields, rule, status, date, nowMillis);
      this.lifetimeMillis = Math.max(0, lifetime);
      this.mayBeStale = !said.forbidsStale() && (rule == null || !rule.neverStale());
      this.whileRevalidateMillis =
          1000L
              * or(rule == null ? -1 : rule.whileRevalidate(), Math.max(0, said.whileRevalidate()));
      int ifError = or(rule == null ? -1 : rule.ifError(), said.ifError());
      this.anyError = ifError >= 0;
      this.ifErrorMillis = anyError ? ifError * 1000L : DEFAULT_IF_ERROR_MILLIS;
      this.tags = new HashSet<>(answer.tags());
      if (rule != null) {
        tags.add("rule:" + rule.name());
        if (!rule.more().isEmpty()) {
          tags.add(rule.name());
        }
        select(rule.vary());
      }
      select(answer.vary());
      select(answer.readsLanguage() ? "Accept-Language" : "");
      this.mayNotBeStored = mayNotBeStored(answer, lifetime < 0);
    }

    private void select(String name) {
      if (!name.isEmpty()) {
        selecting.put(name, normalised(asked.sent().fields(), name));
      }
    }

    private @Nullable String mayNotBeStored(ModelOrigin.Answer answer, boolean unstated) {
      ModelRule rule = asked.rule();
      boolean told = rule != null && (rule.everyone() || (rule.own() && isAsker()));
      if (asked.noStore() || said.says("no-store") || said.says("private")) {
        return "no-store or private";
      }
      if (answer.fields().contains("Set-Cookie") || selecting.containsKey("*")) {
        return "sets a cookie or varies by anything";
      }
      if (!identity.equals(ModelRequest.NOBODY) && !said.isShared() && !told) {
        return "is " + identity + "'s alone";
      }
      return unstated
              && status / 100 == 2
              && answer.status() != 304
              && !said.says("no-cache")
              && !asked.method().equals("HEAD")
          ? "no lifetime"
          : null;
    }

    private boolean isAsker() {
      return !asked.identity().equals(ModelRequest.NOBODY);
    }

    @Override
    public String toString() {
      return of
          + (": " + status + " at " + atMillis + " to " + asked.method() + " of " + identity)
          + (" said " + said.text() + ", age " + initialAgeMillis + ", life " + lifetimeMillis)
          + (" selecting " + selecting + " under " + asked.rule());
    }
  }

  private static int or(int first, int second) {
    return first >= 0 ? first : second;
  }

  private static long millis(@Nullable String date, long otherwise) {
    return date == null
        ? otherwise
        : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
            .toInstant()
            .toEpochMilli();
  }

  private static long lifetime(
      ModelDirectives said,
      Fields fields,
      @Nullable ModelRule rule,
      int status,
      long date,
      long now) {
    // A part is one of a 200 to the standard, but rules name statuses.
    ModelRule covering = rule != null && rule.covers(status) ? rule : null;
    if (covering != null && covering.override()) {
      return covering.ttlMillis(status);
    }
    int stated = or(said.sharedMaxAge(), said.maxAge());
    if (stated >= 0) {
      return stated * 1000L;
    }
    if (fields.contains("Expires")) {
      return Math.max(0, millis(fields.first("Expires"), now) - date);
    }
    if (covering != null) {
      return covering.ttlMillis(status);
    }
    String modified = fields.first("Last-Modified");
    boolean heuristic = status == 200 || status == 206 || status == 404 || said.says("public");
    return modified == null || !heuristic
        ? -1
        : Math.min(HOUR_MILLIS, Math.max(0, date - millis(modified, now)) / 10);
  }

  static String normalised(FieldReader fields, String name) {
    List<String> lines = fields.all(name);
    return lines.isEmpty()
        ? "absent"
        : '=' + String.join(",", lines).replace(" ", "").toLowerCase(Locale.ROOT);
  }

  /** How many invalidations there have been. */
  int position() {
    return invalidations.size();
  }

  /** The origin's answer was heard; what it began with is concerned by invalidations since. */
  void said(Statement statement, int begunAt) {
    invalidations.subList(begunAt, invalidations.size()).forEach(one -> one.applyTo(statement));
    statements.computeIfAbsent(statement.of.id(), first -> new ArrayList<>()).add(statement);
  }

  /** What it is true for must not be used any more. */
  void invalidate(String why, Predicate<Statement> concerned) {
    Invalid invalid = new Invalid(why, concerned);
    invalidations.add(invalid);
    statements.values().forEach(all -> all.forEach(invalid::applyTo));
  }

  private record Invalid(String why, Predicate<Statement> concerned) {
    void applyTo(Statement statement) {
      if (statement.invalidated == null && concerned.test(statement)) {
        statement.invalidated = "made invalid by " + why;
      }
    }
  }

  /** Forgets what is too old to matter. */
  void forgetBefore(long nowMillis) {
    statements
        .values()
        .forEach(all -> all.removeIf(s -> s.atMillis < nowMillis - FORGOTTEN_MILLIS));
    statements.values().removeIf(List::isEmpty);
  }

  /**
   * The statement that allows such an answer; throws where none does. Where several were made in
   * one millisecond, under rules that differ, it is the one that leaves as much time as the answer
   * has.
   */
  Statement allowing(
      ModelRequest request, Decision.Serve serve, Representation of, Occasion occasion, long now) {
    StringBuilder objections = new StringBuilder();
    Statement allowing = null;
    for (Statement statement : statements.getOrDefault(of.id(), List.of())) {
      String objection = objection(statement, request, serve, occasion, now);
      if (objection == null) {
        long remaining = statement.lifetimeMillis - (now - statement.atMillis);
        boolean fits = (remaining > statement.initialAgeMillis) == (serve.ttlSeconds() >= 0);
        if (allowing == null || fits) {
          allowing = statement;
        }
        continue;
      }
      objections.append("\n  ").append(objection).append(": ").append(statement);
    }
    if (allowing != null) {
      return allowing;
    }
    throw new AssertionError(
        occasion
            + " at "
            + now
            + ": "
            + of
            + " of age "
            + serve.ageSeconds()
            + " for "
            + request.identity()
            + ' '
            + request.sent()
            + request.rule()
            + objections);
  }

  private static @Nullable String objection(
      Statement said, ModelRequest request, Decision.Serve serve, Occasion occasion, long now) {
    long age = said.initialAgeMillis + Math.max(0, now - said.atMillis);
    if (age / 1000 != serve.ageSeconds() || age != serve.response().ageMillis(now)) {
      return "its age is " + age;
    }
    ModelRule rule = request.rule();
    String made = said.asked.target();
    boolean ignored = rule != null && rule.ignoresUtm();
    if (!(ignored ? ModelRequest.withoutUtm(made) : made).equals(request.keyedTarget())) {
      return "another target";
    }
    int status = serve.response().status();
    if (status != said.status && (status / 100 != 2 || said.status / 100 != 2)) {
      return "its status is another";
    }
    if (!said.said.text().equals(serve.response().fields().first("Cache-Control"))) {
      return "it said otherwise";
    }
    if (occasion == Occasion.CONFIRMED) {
      return null; // the origin itself has just said that it is right for this request
    }
    if (said.mayNotBeStored != null) {
      return said.mayNotBeStored;
    }
    boolean everyone =
        rule != null
            && rule.everyone()
            && said.asked.rule() != null
            && said.asked.rule().everyone();
    if (!said.identity.equals(request.identity()) && !said.said.isShared() && !everyone) {
      return "made for " + said.identity;
    }
    for (Map.Entry<String, String> selecting : said.selecting.entrySet()) {
      String value = normalised(request.sent().fields(), selecting.getKey());
      if (!value.equals(selecting.getValue())) {
        return "made for " + selecting + ", not " + value;
      }
    }
    if (said.invalidated != null) {
      return said.invalidated;
    }
    return tooOld(said, request, occasion, age);
  }

  private static @Nullable String tooOld(
      Statement said, ModelRequest request, Occasion occasion, long age) {
    long staleness = age - said.lifetimeMillis;
    if (occasion == Occasion.UNREACHABLE || occasion == Occasion.ERROR) {
      boolean allowed =
          said.mayBeStale
              && staleness < said.ifErrorMillis
              && (said.anyError || occasion == Occasion.UNREACHABLE);
      return allowed ? null : "not instead of an error, stale for " + staleness;
    }
    ModelRule rule = request.rule();
    if (request.noCache()
        || said.said.says("no-cache")
        || (request.preview() && rule != null && rule.more().startsWith("bypass"))) {
      return "not without asking";
    }
    if (request.maxAge() >= 0 && age > request.maxAge() * 1000L) {
      return "older than the request's max-age";
    }
    if (staleness < 0) {
      return -staleness < request.minFresh() * 1000L ? "not fresh for long enough" : null;
    }
    if (!said.mayBeStale || request.minFresh() >= 0) {
      return "stale for " + staleness;
    }
    boolean behind =
        staleness < said.whileRevalidateMillis
            && request.identity().equals(ModelRequest.NOBODY)
            && request.maxAge() < 0;
    boolean accepted = request.maxStale() >= 0 && staleness <= request.maxStale() * 1000L;
    return behind || accepted ? null : "stale for " + staleness;
  }
}
