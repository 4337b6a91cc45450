package dev.slipstream.config;

/** How much the agent tells, the most first. */
public enum LogLevel {
  /** Each decision. */
  DEBUG,
  /** State changes. */
  INFO,
  /** What an operator should look at. */
  WARN,
  /** What stopped working. */
  ERROR
}
