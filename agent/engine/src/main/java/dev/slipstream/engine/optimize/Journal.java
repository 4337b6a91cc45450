package dev.slipstream.engine.optimize;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The latest activations, {@value #MOST} at most, and who is told of each change of one. */
final class Journal {
  static final int MOST = 200;

  private final Deque<Activation> activations = new ArrayDeque<>();
  private final Consumer<Activation> listener;
  private long numbers;

  /** Makes an empty one; the listener is told of each activation as it begins and as it ends. */
  Journal(Consumer<Activation> listener) {
    this.listener = listener;
  }

  long nextNumber() {
    return ++numbers;
  }

  void began(Activation activation) {
    activations.addFirst(activation);
    if (activations.size() > MOST) {
      activations.removeLast();
    }
    listener.accept(activation);
  }

  void ended(Activation activation) {
    listener.accept(activation);
  }

  /** The newest first. */
  List<Activation> all() {
    return List.copyOf(activations);
  }
}
