package dev.slipstream.engine.optimize;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest activations, {@value #MOST} at most, and who is told of them. */
final class Journal {
  static final int MOST = 200;

  private final Deque<Activation> activations = new ArrayDeque<>();
  private final Listener listener;
  private long numbers;

  /** Is told of activations. */
  interface Listener {
    /** Something has happened to one. */
    void tell(Activation activation, Change change);
  }

  /** Makes an empty one. */
  Journal(Listener listener) {
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
    listener.tell(activation, Change.ENTERED);
  }

  /** Its effect is known, and it goes on. */
  void judged(Activation activation) {
    listener.tell(activation, Change.JUDGED);
  }

  void ended(Activation activation) {
    listener.tell(activation, Change.LEFT);
  }

  /** The newest first. */
  List<Activation> all() {
    return List.copyOf(activations);
  }
}
