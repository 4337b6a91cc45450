package dev.slipstream.config.rules;

import dev.slipstream.config.InvalidValueException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A nondeterministic automaton of a path pattern, grown from left to right.
 *
 * <p>Compiled with the subset construction (Rabin and Scott, 1959). A star repeats in its own
 * state; patterns that need more than 1,000 deterministic states, such as a star before a dozen
 * question marks, are refused.
 */
final class PatternAutomaton {

  private static final int MOST_STATES = 1_000;

  /** Stands for all characters that are in no literal. */
  private static final int OTHER = -1;

  /** What a state reads: one character and on to the target, or nothing. */
  private enum Reads {
    NOTHING,
    LITERAL,
    ANY_BUT_SLASH,
    ANY
  }

  private static final class State {
    final List<Integer> free = new ArrayList<>();
    Reads reads = Reads.NOTHING;
    char literal;
    int target;
  }

  private final List<State> states = new ArrayList<>();
  private final List<Integer> alternativeEnds = new ArrayList<>();

  /** The loops over any character that end the pattern: once in one, every path fits. */
  private final BitSet endlessLoops = new BitSet();

  private int end = newState();
  private int acceptingState = -1;

  /** Adds a character that stands for itself. */
  void addLiteral(char c) {
    add(Reads.LITERAL).literal = c;
  }

  /** Adds one character other than {@code /}. */
  void addAnyButSlash() {
    add(Reads.ANY_BUT_SLASH);
  }

  /** Adds any number of characters, of any kind or other than {@code /}. */
  void addStar(boolean crossesSegments) {
    int loop = newState();
    states.get(end).free.add(loop);
    State state = states.get(loop);
    state.reads = crossesSegments ? Reads.ANY : Reads.ANY_BUT_SLASH;
    state.target = loop;
    end = newState();
    state.free.add(end);
  }

  private State add(Reads reads) {
    State state = states.get(end);
    state.reads = reads;
    end = newState();
    state.target = end;
    return state;
  }

  /** Begins the first of several alternatives; the fork that it returns begins the others. */
  int fork() {
    int fork = end;
    beginAlternative(fork);
    return fork;
  }

  /** Begins another alternative at the fork. */
  void beginAlternative(int fork) {
    end = newState();
    states.get(fork).free.add(end);
  }

  /** Ends an alternative. */
  void endAlternative() {
    alternativeEnds.add(end);
  }

  /** Goes on where all alternatives ended. */
  void join() {
    end = newState();
    for (int alternativeEnd : alternativeEnds) {
      states.get(alternativeEnd).free.add(end);
    }
    alternativeEnds.clear();
  }

  /** Ends the pattern. */
  void accept() {
    acceptingState = end;
    for (int i = 0; i < states.size(); i++) {
      State state = states.get(i);
      if (state.reads == Reads.ANY && state.free.contains(acceptingState)) {
        endlessLoops.set(i);
      }
    }
  }

  private int newState() {
    states.add(new State());
    return states.size() - 1;
  }

  /** Returns the deterministic automaton. */
  Automaton compile() throws InvalidValueException {
    char[] literals = literals();
    Map<BitSet, Integer> numbers = new HashMap<>();
    List<BitSet> subsets = new ArrayList<>();
    List<int[]> rows = new ArrayList<>();
    numbers.put(new BitSet(), Automaton.DEAD);
    numbers.put(everything(), Automaton.ALL);
    subsets.add(new BitSet());
    subsets.add(everything());
    int start = number(closure(BitSet.valueOf(new long[] {1})), numbers, subsets);
    rows.add(new int[literals.length + 1]);
    rows.add(new int[literals.length + 1]);
    for (int subset = rows.size(); subset < subsets.size(); subset++) {
      if (subset > MOST_STATES) {
        throw new InvalidValueException("is too complex (fewer * and ? are needed)");
      }
      int[] row = new int[literals.length + 1];
      for (int characterClass = 0; characterClass < row.length; characterClass++) {
        int literal = characterClass == 0 ? OTHER : literals[characterClass - 1];
        row[characterClass] = number(step(subsets.get(subset), literal), numbers, subsets);
      }
      rows.add(row);
    }
    return new Automaton(literals, rows, accepting(subsets), start);
  }

  private BitSet everything() {
    BitSet everything = new BitSet();
    everything.set(states.size());
    return everything;
  }

  private static int number(BitSet subset, Map<BitSet, Integer> numbers, List<BitSet> subsets) {
    Integer known = numbers.putIfAbsent(subset, subsets.size());
    if (known != null) {
      return known;
    }
    subsets.add(subset);
    return subsets.size() - 1;
  }

  /** Returns the states after one more character; {@link #OTHER} for one that is in no literal. */
  private BitSet step(BitSet subset, int c) {
    BitSet next = new BitSet();
    for (int i = subset.nextSetBit(0); i >= 0; i = subset.nextSetBit(i + 1)) {
      State state = states.get(i);
      boolean reads =
          switch (state.reads) {
            case NOTHING -> false;
            case LITERAL -> state.literal == c;
            case ANY_BUT_SLASH -> c != '/';
            case ANY -> true;
          };
      if (reads) {
        next.set(state.target);
      }
    }
    return closure(next);
  }

  /** Returns the states and all that are reached from them for free. */
  private BitSet closure(BitSet subset) {
    BitSet closed = new BitSet();
    Deque<Integer> unvisited = new ArrayDeque<>();
    subset.stream().forEach(unvisited::add);
    while (!unvisited.isEmpty()) {
      int state = unvisited.remove();
      if (!closed.get(state)) {
        closed.set(state);
        unvisited.addAll(states.get(state).free);
      }
    }
    return closed.intersects(endlessLoops) ? everything() : closed;
  }

  private boolean[] accepting(List<BitSet> subsets) {
    boolean[] accepting = new boolean[subsets.size()];
    for (int i = 0; i < accepting.length; i++) {
      accepting[i] = i == Automaton.ALL || subsets.get(i).get(acceptingState);
    }
    return accepting;
  }

  private char[] literals() {
    Set<Character> characters = new TreeSet<>();
    characters.add('/');
    for (State state : states) {
      if (state.reads == Reads.LITERAL) {
        characters.add(state.literal);
      }
    }
    char[] literals = new char[characters.size()];
    int i = 0;
    for (char c : characters) {
      literals[i++] = c;
    }
    return literals;
  }
}
