package dev.slipstream.engine.http;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A request as a servlet container hands it out: fields in arrays, looked for from the first on,
 * and several values of one as an enumeration.
 */
final class ContainerRequest implements RequestView {
  private final String path;
  private final @Nullable String query;
  private final String[] names;
  private final String[] values;

  ContainerRequest(String path, @Nullable String query, String... namesAndValues) {
    this.path = path;
    this.query = query;
    this.names = new String[namesAndValues.length / 2];
    this.values = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = namesAndValues[2 * i];
      values[i] = namesAndValues[2 * i + 1];
    }
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String scheme() {
    return "https";
  }

  @Override
  public String serverName() {
    return "api.example.org";
  }

  @Override
  public int serverPort() {
    return 443;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public @Nullable String query() {
    return query;
  }

  @Override
  public @Nullable String bodyHash() {
    return null;
  }

  @Override
  public @Nullable String field(String name) {
    int found = next(name, 0);
    return found < 0 ? null : values[found];
  }

  @Override
  public List<String> all(String name) {
    Enumeration<String> found = new Values(name);
    if (!found.hasMoreElements()) {
      return List.of();
    }
    String first = found.nextElement();
    if (!found.hasMoreElements()) {
      return List.of(first);
    }
    List<String> all = Collections.list(found);
    all.add(0, first);
    return all;
  }

  @Override
  public Fields fields() {
    Fields.Builder fields = Fields.builder();
    for (String name : names) {
      all(name).forEach(value -> fields.add(name, value));
    }
    return fields.build();
  }

  @Override
  public @Nullable String sessionId() {
    return null;
  }

  @Override
  public @Nullable String principal() {
    return null;
  }

  @Override
  public @Nullable String clientCertificate() {
    return null;
  }

  private int next(String name, int from) {
    for (int i = from; i < names.length; i++) {
      if (names[i].equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  private final class Values implements Enumeration<String> {
    private final String name;
    private int at;

    Values(String name) {
      this.name = name;
      this.at = next(name, 0);
    }

    @Override
    public boolean hasMoreElements() {
      return at >= 0;
    }

    @Override
    public String nextElement() {
      if (at < 0) {
        throw new NoSuchElementException(name);
      }
      String value = values[at];
      at = next(name, at + 1);
      return value;
    }
  }
}
