package dev.slipstream.it.conformance;

import dev.slipstream.it.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one cache says of a response (RFC 9211 §2).
 *
 * @param cache its name
 * @param parameters values by name, as written; {@code ?1} for a parameter without a value
 */
record CacheStatusMember(String cache, Map<String, String> parameters) {
  CacheStatusMember {
    parameters = Map.copyOf(parameters);
  }

  /** Every member of an answer's Cache-Status, that of the cache nearest to the client last. */
  static List<CacheStatusMember> of(Answer answer) {
    List<CacheStatusMember> members = new ArrayList<>();
    for (String member : split(String.join(",", answer.values("Cache-Status")), ',')) {
      List<String> parts = split(member, ';');
      Map<String, String> parameters = new LinkedHashMap<>();
      for (String parameter : parts.subList(1, parts.size())) {
        String[] nameAndValue = parameter.split("=", 2);
        parameters.put(nameAndValue[0], nameAndValue.length == 1 ? "?1" : nameAndValue[1]);
      }
      members.add(new CacheStatusMember(parts.get(0), parameters));
    }
    return members;
  }

  /** What the cache nearest to the client says: ours. */
  static CacheStatusMember last(Answer answer) {
    List<CacheStatusMember> members = of(answer);
    if (members.isEmpty()) {
      throw new AssertionError("no Cache-Status in " + answer);
    }
    return members.get(members.size() - 1);
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
        quoted = !quoted;
      } else if (text.charAt(i) == separator && !quoted) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    if (!text.isBlank()) {
      parts.add(text.substring(start).strip());
    }
    return parts;
  }
}
