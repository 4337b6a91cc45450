package dev.slipstream.console.api;

import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a request (RFC 9457).
 *
 * @param type identifies the sort of problem; {@code about:blank} where the status says it all
 * @param targets the gateways that were asked; {@code null} where none was
 */
record Problem(
    String type,
    String title,
    int status,
    @Nullable String detail,
    @Nullable List<TargetLine> targets) {
  private static final String TYPES = "urn:slipstream:problem:";

  static Problem of(String type, String title, int status, String detail) {
    return new Problem(TYPES + type, title, status, detail, null);
  }

  static Problem invalid(String detail) {
    return of("invalid-request", "The request is not valid", 400, detail);
  }

  /** A problem that its HTTP status describes. */
  static Problem ofStatus(int status, @Nullable String detail) {
    return new Problem("about:blank", HttpStatus.getMessage(status), status, detail, null);
  }

  Problem withTargets(List<TargetLine> lines) {
    return new Problem(type, title, status, detail, List.copyOf(lines));
  }
}
