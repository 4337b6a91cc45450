package dev.slipstream.engine.optimize;

/** What a rule has done, and how it is undone. */
interface Action {
  /** What was done, in numbers. */
  String what();

  /** Does more, or less, as the subject does worse or better; a switch does nothing. */
  default void adjust(Reading reading) {}

  /** Its trouble is over, and it is undone next: it need not take all back at once. */
  default void leave() {}

  /**
   * It has brought nothing, and is undone next: what would do harm it need not take back at once.
   */
  default void inVain() {}

  /**
   * Takes back whatever it changed and still holds. Called once, unless it throws; then again until
   * it does not.
   */
  void undo();

  /** Something that is said and changes nothing. */
  static Action nothing(String why) {
    return of(why, () -> {});
  }

  /** Something done, with its undo. */
  static Action of(String what, Runnable undo) {
    return new Action() {
      @Override
      public String what() {
        return what;
      }

      @Override
      public void undo() {
        undo.run();
      }
    };
  }
}
