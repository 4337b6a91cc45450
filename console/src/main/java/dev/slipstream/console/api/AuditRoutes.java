package dev.slipstream.console.api;

import dev.slipstream.console.audit.AuditEntry;
import dev.slipstream.console.audit.AuditLog;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** {@code /api/v1/audit}: what was changed, by whom and why; the newest first. */
final class AuditRoutes {
  private static final int USUAL = 200;
  private static final int MOST = 1_000;

  private final AuditLog audit;
  private final Answers answers;

  AuditRoutes(AuditLog audit, Answers answers) {
    this.audit = audit;
    this.answers = answers;
  }

  void add(RoutesConfig routes) {
    Reading.route(routes, "/api/v1/audit", this::entries);
  }

  private void entries(Context context) {
    int limit = Query.of(context, "limit").value("limit").map(AuditRoutes::limit).orElse(USUAL);
    answers.json(context, 200, new Entries(audit.latest(limit)));
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw ProblemException.invalid("limit is not in 1.." + MOST);
  }

  private record Entries(List<AuditEntry> entries) {}
}
