package dev.slipstream.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipstream.console.audit.AccessLog;
import dev.slipstream.console.audit.AuditEntry;
import dev.slipstream.console.audit.AuditLog;
import dev.slipstream.console.security.Caller;
import dev.slipstream.console.security.Guard;
import dev.slipstream.console.security.Incoming;
import dev.slipstream.console.security.Need;
import dev.slipstream.console.security.ResponseFields;
import dev.slipstream.console.security.Verdict;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Brings each request to the guard, and what became of a change to the audit log. */
final class Gatekeeper {
  private static final String VERDICT = "dev.slipstream.console.verdict";
  private static final String TARGETS = "/api/v1/targets/";
  private static final String REALM = "Bearer realm=\"slipstream\"";

  private final Guard guard;
  private final AuditLog audit;
  private final ResponseFields fields;
  private final InstantSource clock;

  Gatekeeper(Guard guard, AuditLog audit, ResponseFields fields, InstantSource clock) {
    this.guard = guard;
    this.audit = audit;
    this.fields = fields;
    this.clock = clock;
  }

  /** Who sent a request. */
  static Caller caller(Context context) {
    @Nullable Verdict verdict = context.attribute(VERDICT);
    return verdict == null ? Caller.ANONYMOUS : verdict.caller();
  }

  /** Whether a caller may be told what gateways tell, in a route that is open to all. */
  static boolean mayRead(Context context) {
    @Nullable Verdict verdict = context.attribute(VERDICT);
    return verdict instanceof Verdict.Admitted admitted && admitted.mayRead();
  }

  /**
   * Lets a request in.
   *
   * @throws ProblemException if it is refused
   */
  void receive(Context context) {
    context.header(CorrelationId.FIELD, CorrelationId.of(context.header(CorrelationId.FIELD)));
    fields.of(context.path()).forEach(context::header);
    Verdict verdict = guard.decide(incoming(context));
    context.attribute(VERDICT, verdict);
    context.attribute(AccessLog.WHO, verdict.caller().name());
    if (verdict instanceof Verdict.Refused refused) {
      throw new ProblemException(refusal(context, refused));
    }
  }

  private static Incoming incoming(Context context) {
    String query = context.queryString();
    return new Incoming(
        method(context),
        context.path(),
        query == null ? context.path() : context.path() + "?" + query,
        context.req().getRemoteAddr(),
        context.header("Host"),
        context.header("Origin"),
        context.header("Sec-Fetch-Site"),
        context.header("Authorization"));
  }

  /**
   * The method that was sent; one that nothing has where another is answered in its place, as the
   * server does for {@code X-HTTP-Method-Override}: who may read must not change by a field.
   */
  private static String method(Context context) {
    String sent = context.req().getMethod();
    return context.method().name().equals(sent) ? sent : sent + " for another";
  }

  /** Whether a request that goes on would still be let in. */
  BooleanSupplier stillAdmitted(Context context) {
    Incoming incoming = incoming(context);
    return () -> guard.mayGoOn(incoming);
  }

  private static Problem refusal(Context context, Verdict.Refused refused) {
    Verdict.Why why = refused.why();
    switch (why) {
      case NO_TOKEN -> context.header("WWW-Authenticate", REALM);
      case UNKNOWN_TOKEN -> context.header("WWW-Authenticate", REALM + ", error=\"invalid_token\"");
      case ROLE -> context.header("WWW-Authenticate", REALM + ", error=\"insufficient_scope\"");
      case METHOD -> context.header("Allow", "GET, HEAD, POST, PUT, DELETE");
      default -> {}
    }
    @Nullable Duration retryAfter = refused.retryAfter();
    if (retryAfter != null) {
      context.header("Retry-After", Long.toString(retryAfter.toSeconds() + 1));
    }
    return why.type().equals("about:blank")
        ? Problem.ofStatus(why.status(), refused.detail())
        : Problem.of(why.type(), why.title(), why.status(), refused.detail());
  }

  /** Writes down what became of a change; to be called when its answer is made and not yet sent. */
  void answered(Context context) {
    if (!asksForAChange(context)) {
      return;
    }
    Caller caller = caller(context);
    Optional<Query> query = Query.parsedOf(context);
    @Nullable ObjectNode body = bodyOf(context);
    int status = context.statusCode();
    audit.add(
        new AuditEntry(
            Answers.text(clock.instant()),
            caller.name(),
            caller.role().label(),
            context.req().getRemoteAddr(),
            sentAndMeant(context) + " " + context.path(),
            target(context, query),
            details(context, body),
            reason(query, body),
            result(context, body, status),
            status,
            Optional.ofNullable(context.res().getHeader(CorrelationId.FIELD)).orElse("")));
  }

  /** By the method that was sent or by the one that a field names: an attempt is one, too. */
  private static boolean asksForAChange(Context context) {
    String path = context.path();
    return Need.of(context.req().getMethod(), path) == Need.TO_CHANGE
        || Need.of(context.method().name(), path) == Need.TO_CHANGE;
  }

  private static String sentAndMeant(Context context) {
    String sent = context.req().getMethod();
    String meant = context.method().name();
    return meant.equals(sent) ? sent : sent + " as " + meant;
  }

  private static String result(Context context, @Nullable ObjectNode body, int status) {
    @Nullable Verdict verdict = context.attribute(VERDICT);
    if (verdict instanceof Verdict.Refused) {
      return "refused";
    }
    boolean counts = body != null && body.path("dry_run").asBoolean();
    return counts && status < 300 ? "counted" : AuditEntry.resultOf(status);
  }

  private static String target(Context context, Optional<Query> query) {
    String path = context.path();
    return path.startsWith(TARGETS) && path.indexOf('/', TARGETS.length()) > 0
        ? path.substring(TARGETS.length(), path.indexOf('/', TARGETS.length()))
        : query.flatMap(parsed -> parsed.value(Selection.PARAMETER)).orElse("all");
  }

  private static String reason(Optional<Query> query, @Nullable ObjectNode body) {
    String said = body == null ? "" : body.path("reason").asText("");
    return said.isEmpty() ? query.flatMap(parsed -> parsed.value("reason")).orElse("") : said;
  }

  private static String details(Context context, @Nullable ObjectNode body) {
    String query = Optional.ofNullable(context.queryString()).orElse("");
    if (body == null) {
      return query;
    }
    ObjectNode others = body.deepCopy();
    others.remove("reason");
    return query.isEmpty() ? others.toString() : query + " " + others;
  }

  private static @Nullable ObjectNode bodyOf(Context context) {
    byte @Nullable [] bytes = RequestBody.readOf(context);
    if (bytes == null) {
      return null;
    }
    try {
      return Json.MAPPER.readTree(new String(bytes, UTF_8)) instanceof ObjectNode object
          ? object
          : null;
    } catch (IOException e) {
      return null;
    }
  }
}
