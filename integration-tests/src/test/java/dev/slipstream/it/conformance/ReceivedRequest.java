package dev.slipstream.it.conformance;

import dev.slipstream.it.Answer.Field;
import java.util.List;

/**
 * A request as the origin got it.
 *
 * @param method as sent
 * @param target path and query
 * @param fields the field lines in the order received
 * @param body the content, a character for each byte
 */
public record ReceivedRequest(String method, String target, List<Field> fields, String body) {
  public ReceivedRequest {
    fields = List.copyOf(fields);
  }

  /** The values of a field, one for each line. */
  public List<String> values(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  public boolean isConditional() {
    return !values("If-None-Match").isEmpty() || !values("If-Modified-Since").isEmpty();
  }
}
