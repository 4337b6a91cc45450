package dev.slipstream.config.rules;

/** What the cache does with the requests of a rule. */
public enum RuleMode {
  /** Answers are stored and served. */
  SERVE,
  /** No byte of any response changes; what {@link #SERVE} would have done is counted. */
  OBSERVE,
  /** Nothing: the rule is there for its priority and its budget. */
  PASS
}
