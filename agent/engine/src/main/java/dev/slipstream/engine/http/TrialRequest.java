package dev.slipstream.engine.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that an operator makes up, to see what would be done with it. */
final class TrialRequest implements RequestView {
  private static final String EMPTY_BODY_HASH =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final String method;
  private final String scheme;
  private final String serverName;
  private final int serverPort;
  private final String path;
  private final @Nullable String query;
  private final Fields fields;
  private boolean hasBody;
  private String place = "";

  /**
   * Makes a request.
   *
   * @param url a path with its query, or an absolute URL
   * @param headers header fields by name
   * @throws IllegalArgumentException if it is none
   */
  TrialRequest(String method, String url, Map<String, String> headers) {
    this.method = method;
    String text = url.indexOf('#') < 0 ? url : url.substring(0, url.indexOf('#'));
    int schemeEnd = text.startsWith("/") ? -1 : text.indexOf("://");
    this.scheme = schemeEnd < 0 ? "http" : text.substring(0, schemeEnd);
    if ((!scheme.equals("http") && !scheme.equals("https"))
        || (schemeEnd < 0 && !text.startsWith("/"))) {
      throw new IllegalArgumentException(
          "url \"" + url + "\"; accepted: a path such as /users?page=2, http:// or https://");
    }
    String rest = schemeEnd < 0 ? text : text.substring(schemeEnd + "://".length());
    int target = schemeEnd < 0 ? 0 : targetOf(rest);
    String host =
        headers.entrySet().stream()
            .filter(field -> field.getKey().equalsIgnoreCase("Host"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("localhost");
    String authority = schemeEnd < 0 ? host : rest.substring(0, target);
    int colon =
        authority.lastIndexOf(':') > authority.lastIndexOf(']') ? authority.lastIndexOf(':') : -1;
    this.serverName = colon < 0 ? authority : authority.substring(0, colon);
    this.serverPort = port(authority, colon, scheme);
    int question = rest.indexOf('?', target);
    String named = rest.substring(target, question < 0 ? rest.length() : question);
    this.path = named.isEmpty() ? "/" : named;
    this.query = question < 0 ? null : rest.substring(question + 1);
    Fields.Builder building = Fields.builder();
    headers.forEach(building::add);
    this.fields = building.build();
  }

  private static int targetOf(String rest) {
    int slash = rest.indexOf('/');
    int question = rest.indexOf('?');
    int end = slash < 0 ? rest.length() : slash;
    return question >= 0 && question < end ? question : end;
  }

  private static int port(String authority, int colon, String scheme) {
    if (colon < 0) {
      return scheme.equals("https") ? 443 : 80;
    }
    try {
      return Integer.parseInt(authority.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + authority + "\" has no port that is a number", e);
    }
  }

  /** Gives it an empty body that is part of its key. */
  void withEmptyBody() {
    hasBody = true;
  }

  /** Has it enter the web application, where it is answered. */
  void enters() {
    place = ENTRY;
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String scheme() {
    return scheme;
  }

  @Override
  public String serverName() {
    return serverName;
  }

  @Override
  public int serverPort() {
    return serverPort;
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
    return hasBody ? EMPTY_BODY_HASH : null;
  }

  @Override
  public @Nullable String field(String name) {
    return fields.field(name);
  }

  @Override
  public List<String> all(String name) {
    return fields.all(name);
  }

  @Override
  public Fields fields() {
    return fields;
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
}
