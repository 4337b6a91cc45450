package dev.slipstream.console.targets;

import java.util.List;
import java.util.function.Function;

/**
 * What several gateways said, together.
 *
 * @param value made of those that answered
 * @param replies what became of each gateway's question
 */
public record Gathered<T>(T value, List<Reply<?>> replies) {
  /** Copies the list. */
  public Gathered {
    replies = List.copyOf(replies);
  }

  /** Puts together what those said that answered. */
  public static <T, R> Gathered<R> of(List<Reply<T>> replies, Function<List<T>, R> together) {
    return new Gathered<>(together.apply(Replies.values(replies)), List.copyOf(replies));
  }

  /** Asks gateways at the same time, and puts together what those said that answered. */
  public static <T, R> Gathered<R> reading(
      List<Gateway> gateways, Question<T> question, Function<List<T>, R> together) {
    return of(Replies.of(gateways, gateway -> gateway.read(question)), together);
  }

  /** The same, where it matters which gateway says what. */
  public static <T, R> Gathered<R> named(
      List<Reply<T>> replies, Function<List<Reply.Answer<T>>, R> together) {
    return new Gathered<>(together.apply(Replies.answers(replies)), List.copyOf(replies));
  }

  /** Whether nobody answered, so that the value says nothing. */
  public boolean isEmpty() {
    return replies.stream().noneMatch(Reply.Answer.class::isInstance);
  }

  /** Whether everybody answered. */
  public boolean isComplete() {
    return replies.stream().allMatch(Reply.Answer.class::isInstance);
  }
}
