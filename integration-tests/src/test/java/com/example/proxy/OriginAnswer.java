package com.example.proxy;

import java.util.ArrayList;
import java.util.List;

/**
 * The head of a response from the origin.
 *
 * @param status the status code, interim ones included
 * @param fields the field lines in the order received
 */
record OriginAnswer(int status, List<Field> fields) {
  OriginAnswer {
    fields = List.copyOf(fields);
  }

  /** A field line, its value as the origin wrote it but for white space around it. */
  record Field(String name, String value) {
    boolean is(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  boolean isInterim() {
    return status < 200;
  }

  boolean hasBody(String method) {
    return !method.equals("HEAD") && status != 204 && status != 304;
  }

  List<String> values(String name) {
    List<String> values = new ArrayList<>();
    for (Field field : fields) {
      if (field.is(name)) {
        values.add(field.value());
      }
    }
    return values;
  }
}
