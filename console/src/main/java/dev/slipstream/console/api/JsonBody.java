package dev.slipstream.console.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The members of a body, read strictly: what is not accepted is refused. */
final class JsonBody {
  private static final int LONGEST_REASON = 1_024;

  private final JsonNode root;

  private JsonBody(JsonNode root) {
    this.root = root;
  }

  /**
   * Reads it.
   *
   * @throws ProblemException if it is no object of these members
   */
  static JsonBody of(byte[] body, Set<String> accepted) {
    @Nullable JsonNode root;
    try {
      root = Json.MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw ProblemException.invalid("the body is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw ProblemException.invalid("the body is no JSON");
    }
    if (root == null || !root.isObject()) {
      throw ProblemException.invalid("the body is no JSON object");
    }
    for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!accepted.contains(name)) {
        throw ProblemException.invalid(
            "unknown member \"" + name + "\"; accepted: " + new TreeSet<>(accepted));
      }
    }
    return new JsonBody(root);
  }

  /**
   * Reads the body of a change, which may say why in {@code reason}.
   *
   * @throws ProblemException if it is no object of these members
   */
  static JsonBody ofChange(Context context, String... members) {
    Set<String> accepted = new TreeSet<>(List.of(members));
    accepted.add("reason");
    JsonBody body = of(RequestBody.json(context), accepted);
    if (body.member("reason") != null) {
      String unused = Texts.checked("reason", body.text("reason"), LONGEST_REASON);
    }
    return body;
  }

  /** A member; null where it is not there, or null. */
  @Nullable JsonNode member(String name) {
    JsonNode value = root.get(name);
    return value == null || value.isNull() ? null : value;
  }

  @Nullable Boolean flag(String name) {
    JsonNode value = member(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw ProblemException.invalid(name + " is neither true nor false");
    }
    return value.booleanValue();
  }

  @Nullable Double number(String name) {
    JsonNode value = member(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      throw ProblemException.invalid(name + " is no number");
    }
    return value.doubleValue();
  }

  /** A text of several lines, or one. */
  String text(String name) {
    JsonNode value = member(name);
    if (value == null) {
      throw ProblemException.invalid(name + " is missing");
    }
    if (!value.isTextual()) {
      throw ProblemException.invalid(name + " is no string");
    }
    return value.textValue();
  }
}
