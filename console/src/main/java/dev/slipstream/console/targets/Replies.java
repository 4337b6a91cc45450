package dev.slipstream.console.targets;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The replies of several gateways, which were asked at the same time. */
public final class Replies {
  private Replies() {}

  /**
   * Asks each, then waits for all; in the order of the gateways. Each has its own deadline, so this
   * takes as long as the slowest and at most one deadline.
   */
  public static <T> List<Reply<T>> of(
      List<Gateway> gateways, Function<Gateway, CompletableFuture<Reply<T>>> how) {
    List<CompletableFuture<Reply<T>>> asked = gateways.stream().map(how).toList();
    return asked.stream().map(CompletableFuture::join).toList();
  }

  /** What those that answered said. */
  public static <T> List<T> values(List<Reply<T>> replies) {
    return answers(replies).stream().map(Reply.Answer::value).toList();
  }

  /** Those that answered, with what they said. */
  public static <T> List<Reply.Answer<T>> answers(List<Reply<T>> replies) {
    return replies.stream()
        .filter(Reply.Answer.class::isInstance)
        .map(reply -> (Reply.Answer<T>) reply)
        .toList();
  }
}
