package dev.slipstream.config.rules;

import java.util.Arrays;
import java.util.List;

/**
 * A deterministic finite automaton over the characters of a path.
 *
 * <p>Characters that no transition tells apart share a class; class 0 has all that are in no
 * literal. The row of a state has one target for each class.
 */
final class Automaton {

  /** The state that no path leaves and none is accepted in. */
  static final int DEAD = 0;

  /** The state that no path leaves and every path is accepted in. */
  static final int ALL = 1;

  private static final int ASCII = 128;

  private final char[] literals;
  private final char[] asciiClasses = new char[ASCII];
  private final char[] targets;
  private final boolean[] accepting;
  private final int start;

  /**
   * Makes an automaton.
   *
   * @param literals the characters with a class of their own, sorted; class {@code i + 1} is for
   *     {@code literals[i]}
   * @param rows the targets of each state, from state 0
   */
  Automaton(char[] literals, List<int[]> rows, boolean[] accepting, int start) {
    this.literals = literals;
    this.targets = new char[rows.size() * (literals.length + 1)];
    this.accepting = accepting;
    this.start = start;
    for (int i = 0; i < literals.length && literals[i] < ASCII; i++) {
      asciiClasses[literals[i]] = (char) (i + 1);
    }
    int next = 0;
    for (int[] row : rows) {
      for (int target : row) {
        targets[next++] = (char) target;
      }
    }
  }

  /** Returns whether the characters from the offset on are accepted. */
  boolean matches(String path, int offset) {
    int classes = literals.length + 1;
    int state = start;
    for (int i = offset; i < path.length() && state > ALL; i++) {
      state = targets[state * classes + classOf(path.charAt(i))];
    }
    return accepting[state];
  }

  private int classOf(char c) {
    return c < ASCII ? asciiClasses[c] : Math.max(0, Arrays.binarySearch(literals, c) + 1);
  }
}
