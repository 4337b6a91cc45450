package dev.slipstream.console.cache;

import dev.slipstream.console.targets.Reply;
import java.util.List;

/**
 * What several gateways said, together.
 *
 * @param value made of those that answered
 * @param replies what became of each gateway's question
 */
public record Gathered<T>(T value, List<Reply<?>> replies) {
  /** Whether nobody answered, so that the value says nothing. */
  public boolean isEmpty() {
    return replies.stream().noneMatch(Reply.Answer.class::isInstance);
  }

  /** Whether everybody answered. */
  public boolean isComplete() {
    return replies.stream().allMatch(Reply.Answer.class::isInstance);
  }
}
