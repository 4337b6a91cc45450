package dev.slipstream.engine.http;

import java.util.Objects;

/**
 * Status and fields of the application's answer.
 *
 * @param status the status code
 * @param fields all fields, those included that filters around the servlet had set before
 * @param replaced what the servlet set where nothing was, or in place of it
 * @param appended what the servlet added to fields that filters had set
 */
public record ResponseHead(int status, Fields fields, Fields replaced, Fields appended) {
  public ResponseHead {
    Objects.requireNonNull(fields);
    Objects.requireNonNull(replaced);
    Objects.requireNonNull(appended);
  }

  /**
   * Tells what a servlet has set from what filters had set before it: they set theirs anew on every
   * hit.
   *
   * @param before the fields before the servlet ran
   * @param after the fields now
   */
  public static ResponseHead of(int status, Fields before, Fields after) {
    if (before.size() == 0) {
      return new ResponseHead(status, after, after, Fields.EMPTY);
    }
    Fields.Builder replaced = Fields.builder();
    Fields.Builder appended = Fields.builder();
    for (String name : after.names()) {
      var were = before.all(name);
      var are = after.all(name);
      boolean kept = are.size() >= were.size() && are.subList(0, were.size()).equals(were);
      if (kept && !were.isEmpty()) {
        are.subList(were.size(), are.size()).forEach(value -> appended.add(name, value));
      } else {
        are.forEach(value -> replaced.add(name, value));
      }
    }
    return new ResponseHead(status, after, replaced.build(), appended.build());
  }
}
