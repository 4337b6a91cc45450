package dev.slipstream.config.jmx;

import javax.management.openmbean.CompositeData;

/**
 * What an operator should change, and why.
 *
 * @param type what it is about
 * @param severity {@code critical}, {@code warning} or {@code info}
 * @param message what to do
 * @param evidence what was measured, in numbers
 * @param change the line of configuration to change; empty where there is none
 * @param expected what is to be expected of it
 */
public record RecommendationReport(
    String type, String severity, String message, String evidence, String change, String expected) {
  /** What {@link #type} is, under the name that JMX looks for, as are the following. */
  public String getType() {
    return type;
  }

  /** See {@link #severity}. */
  public String getSeverity() {
    return severity;
  }

  /** See {@link #message}. */
  public String getMessage() {
    return message;
  }

  /** See {@link #evidence}. */
  public String getEvidence() {
    return evidence;
  }

  /** See {@link #change}. */
  public String getChange() {
    return change;
  }

  /** See {@link #expected}. */
  public String getExpected() {
    return expected;
  }

  /** Rebuilds the record from what JMX sends. */
  public static RecommendationReport from(CompositeData data) {
    return new RecommendationReport(
        (String) data.get("type"),
        (String) data.get("severity"),
        (String) data.get("message"),
        (String) data.get("evidence"),
        (String) data.get("change"),
        (String) data.get("expected"));
  }
}
