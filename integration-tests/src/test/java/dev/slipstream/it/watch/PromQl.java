package dev.slipstream.it.watch;

import dev.slipstream.it.watch.Lexer.Kind;
import dev.slipstream.it.watch.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a PromQL expression asks for: its selectors, and the labels that it groups or joins by, each
 * with the selectors that have to have it. Knows the functions that ours use, and fails at others:
 * what it does not understand it cannot vouch for.
 *
 * <p>Precedence of operators makes no difference to that, so all are taken from left to right.
 */
final class PromQl {
  private static final Set<String> AGGREGATIONS = Set.of("sum", "min", "max", "avg", "count");
  private static final Set<String> RANKINGS = Set.of("topk", "bottomk");
  private static final Set<String> FUNCTIONS =
      Set.of("rate", "increase", "vector", "absent", "time", "clamp_max", "clamp_min");
  private static final Set<String> OPERATORS =
      Set.of("+", "-", "*", "/", "%", "^", "==", "!=", "<", ">", "<=", ">=", "and", "or", "unless");

  /** A label that an expression needs of some selectors: of each, or of one of them. */
  record Needed(String label, List<Selector> of, boolean ofEach) {}

  private final List<Token> tokens;
  private final List<Selector> selectors = new ArrayList<>();
  private final List<Needed> needed = new ArrayList<>();
  private final Set<String> grouped = new TreeSet<>();
  private boolean aggregates;
  private int at;

  private PromQl(String text) {
    tokens = Lexer.tokens(text);
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is not understood
   */
  static PromQl of(String text) {
    PromQl read = new PromQl(text);
    read.expression();
    read.expect(Kind.END);
    return read;
  }

  List<Selector> selectors() {
    return selectors;
  }

  List<Needed> needed() {
    return needed;
  }

  /** The labels that its result has; null for those of the series themselves. */
  @Nullable Set<String> labelsOfResult() {
    return aggregates ? grouped : null;
  }

  private List<Selector> expression() {
    List<Selector> left = new ArrayList<>(operand());
    while (OPERATORS.contains(next().text()) && next().kind() != Kind.STRING) {
      at++;
      accept("bool");
      List<String> joined = List.of();
      List<String> brought = List.of();
      if (accept("on")) {
        joined = labels();
      } else if (accept("ignoring")) {
        labels();
      }
      if (accept("group_left") || accept("group_right")) {
        brought = next().is("(") ? labels() : List.of();
      }
      List<Selector> right = operand();
      left.addAll(right);
      List<Selector> both = List.copyOf(left);
      joined.forEach(label -> needed.add(new Needed(label, both, true)));
      brought.forEach(label -> needed.add(new Needed(label, both, false)));
    }
    return left;
  }

  private List<Selector> operand() {
    if (accept("-") || accept("+")) {
      return operand();
    }
    List<Selector> found = primary();
    if (accept("offset")) {
      expect(Kind.DURATION);
    }
    return found;
  }

  private List<Selector> primary() {
    Token token = tokens.get(at++);
    switch (token.kind()) {
      case NUMBER, STRING -> {
        return List.of();
      }
      case NAME -> {
        if (AGGREGATIONS.contains(token.text()) || RANKINGS.contains(token.text())) {
          return aggregation();
        }
        if (!next().is("(")) {
          return List.of(selector(token.text()));
        }
        if (!FUNCTIONS.contains(token.text())) {
          throw new IllegalArgumentException("unknown function " + token.text());
        }
        return arguments();
      }
      default -> {
        if (!token.is("(")) {
          throw new IllegalArgumentException("unexpected " + token.text());
        }
        List<Selector> inner = expression();
        expect(")");
        return inner;
      }
    }
  }

  private List<Selector> aggregation() {
    List<String> by = grouping();
    List<Selector> inner = arguments();
    List<String> after = grouping();
    aggregates = true;
    for (String label : by.isEmpty() ? after : by) {
      grouped.add(label);
      needed.add(new Needed(label, inner, true));
    }
    return inner;
  }

  private List<String> grouping() {
    return accept("by") ? labels() : List.of();
  }

  private List<Selector> arguments() {
    List<Selector> found = new ArrayList<>();
    expect("(");
    while (!accept(")")) {
      found.addAll(expression());
      accept(",");
    }
    return found;
  }

  private List<String> labels() {
    List<String> labels = new ArrayList<>();
    expect("(");
    while (!accept(")")) {
      labels.add(expect(Kind.NAME).text());
      accept(",");
    }
    return labels;
  }

  private Selector selector(String metric) {
    List<Selector.Matcher> matchers = new ArrayList<>();
    if (accept("{")) {
      while (!accept("}")) {
        String label = expect(Kind.NAME).text();
        String operator = expect(Kind.SIGN).text();
        matchers.add(new Selector.Matcher(label, operator, expect(Kind.STRING).text()));
        accept(",");
      }
    }
    boolean ranged = accept("[");
    if (ranged) {
      expect(Kind.DURATION);
      expect("]");
    }
    Selector selector = new Selector(metric, matchers, ranged);
    selectors.add(selector);
    return selector;
  }

  private Token next() {
    return tokens.get(at);
  }

  private boolean accept(String text) {
    boolean there = next().is(text);
    at += there ? 1 : 0;
    return there;
  }

  private void expect(String text) {
    if (!accept(text)) {
      throw new IllegalArgumentException(text + " expected, not " + next().text());
    }
  }

  private Token expect(Kind kind) {
    Token token = tokens.get(at++);
    if (token.kind() != kind) {
      throw new IllegalArgumentException(kind + " expected, not " + token.text());
    }
    return token;
  }
}
