package dev.slipstream.console.targets;

/** What became of a question to one gateway: an answer or a failure. */
public sealed interface Reply<T> {
  /** Name of the gateway. */
  String target();

  /** The gateway answered. */
  record Answer<T>(String target, T value) implements Reply<T> {}

  /** The gateway gave no answer. */
  record Failed<T>(String target, Failure failure) implements Reply<T> {}
}
