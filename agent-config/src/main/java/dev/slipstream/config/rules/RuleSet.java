package dev.slipstream.config.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cache rules in order; the first enabled one that matches counts.
 *
 * @param rules the rules, disabled ones included; no two have the same name
 */
public record RuleSet(List<CacheRule> rules) {

  /** No rules. */
  public static final RuleSet EMPTY = new RuleSet(List.of());

  public RuleSet {
    rules = List.copyOf(rules);
    Set<String> names = new HashSet<>();
    for (CacheRule rule : rules) {
      if (!names.add(rule.name())) {
        throw new IllegalArgumentException("two rules are named " + rule.name());
      }
    }
  }

  /** Returns the rule for such a request, or null where there is none; allocates nothing. */
  public @Nullable CacheRule match(String method, String path) {
    for (int i = 0; i < rules.size(); i++) {
      CacheRule rule = rules.get(i);
      if (rule.enabled() && rule.matches(method, path)) {
        return rule;
      }
    }
    return null;
  }

  /** Returns whether any enabled rule has stored answers given before the application's filters. */
  public boolean servesAtEntry() {
    return rules.stream().anyMatch(rule -> rule.enabled() && rule.serveAt() == ServePlace.ENTRY);
  }

  /** Returns whether requests of any enabled rule are refused sooner, or later, than others. */
  public boolean hasPriorities() {
    return rules.stream().anyMatch(rule -> rule.enabled() && rule.priority() != Priority.DEFAULT);
  }

  /** Returns why each of the rules before the one for such a request is not the one, in order. */
  public List<String> passedOver(String method, String path) {
    List<String> passedOver = new ArrayList<>();
    for (CacheRule rule : rules) {
      if (rule.enabled() && rule.matches(method, path)) {
        break;
      }
      passedOver.add(rule.name() + ": " + rule.whyNot(method, path));
    }
    return passedOver;
  }

  /**
   * Returns the enabled rules whose entries such a request makes invalid once it succeeded;
   * allocates nothing where there are none.
   */
  public List<CacheRule> invalidatedBy(String method, String path) {
    List<CacheRule> invalidated = null;
    for (int i = 0; i < rules.size(); i++) {
      CacheRule rule = rules.get(i);
      if (rule.enabled() && rule.isInvalidatedBy(method, path)) {
        if (invalidated == null) {
          invalidated = new ArrayList<>();
        }
        invalidated.add(rule);
      }
    }
    return invalidated == null ? List.of() : invalidated;
  }

  /** Returns these rules and, after them, those of the other set whose name is not taken yet. */
  public RuleSet followedBy(RuleSet others) {
    List<CacheRule> all = new ArrayList<>(rules);
    for (CacheRule other : others.rules) {
      if (rules.stream().noneMatch(rule -> rule.name().equals(other.name()))) {
        all.add(other);
      }
    }
    return new RuleSet(all);
  }
}
