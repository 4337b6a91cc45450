package dev.slipstream.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipstream.console.targets.Failure;
import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Reply;
import dev.slipstream.console.targets.TargetState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One gateway in an answer.
 *
 * @param status {@code up}, {@code connecting}, {@code gone}, {@code hanging}, {@code no_agent},
 *     {@code denied}, {@code failed} or {@code rejected}
 * @param since when that began; only where the gateway's state is told
 * @param error what is wrong
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TargetLine(String name, String status, @Nullable String since, @Nullable String error) {

  static List<TargetLine> of(List<Reply<?>> replies) {
    return replies.stream().map(TargetLine::of).toList();
  }

  private static TargetLine of(Reply<?> reply) {
    if (reply instanceof Reply.Failed<?> failed) {
      Failure failure = failed.failure();
      return new TargetLine(reply.target(), failure.kind().label(), null, failure.error());
    }
    return new TargetLine(reply.target(), "up", null, null);
  }

  static TargetLine of(Gateway gateway) {
    TargetState state = gateway.state();
    Failure failure = state.failure();
    return new TargetLine(
        gateway.name(),
        state.label(),
        Answers.text(state.since()),
        failure == null ? null : failure.error());
  }
}
