package dev.slipstream.engine.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request that a test makes up; the default is {@code GET https://api.example.org/}. */
public final class TestRequest implements RequestView {
  private final String method;
  private final Fields.Builder building = Fields.builder();
  private String scheme = "https";
  private String serverName = "api.example.org";
  private int serverPort = 443;
  private String path;
  private @Nullable String query;
  private @Nullable String sessionId;
  private @Nullable String principal;
  private @Nullable String clientCertificate;
  private @Nullable String bodyHash;
  private String place = "";

  private TestRequest(String method, String target) {
    this.method = method;
    int questionMark = target.indexOf('?');
    this.path = questionMark < 0 ? target : target.substring(0, questionMark);
    this.query = questionMark < 0 ? null : target.substring(questionMark + 1);
  }

  /** A GET request for a path, with a query where there is a question mark. */
  public static TestRequest get(String target) {
    return new TestRequest("GET", target);
  }

  /** Likewise with a method. */
  public static TestRequest of(String method, String target) {
    return new TestRequest(method, target);
  }

  /** Takes path and query as they are, question marks included. */
  TestRequest target(String path, @Nullable String query) {
    this.path = path;
    this.query = query;
    return this;
  }

  TestRequest at(String scheme, String serverName, int serverPort) {
    this.scheme = scheme;
    this.serverName = serverName;
    this.serverPort = serverPort;
    return this;
  }

  /** Adds a field line. */
  public TestRequest field(String name, String value) {
    building.add(name, value);
    return this;
  }

  TestRequest session(String sessionId) {
    this.sessionId = sessionId;
    return this;
  }

  TestRequest principal(String principal) {
    this.principal = principal;
    return this;
  }

  TestRequest bodyHash(String bodyHash) {
    this.bodyHash = bodyHash;
    return this;
  }

  TestRequest place(String place) {
    this.place = place;
    return this;
  }

  TestRequest certificate(String subject) {
    this.clientCertificate = subject;
    return this;
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
  public @Nullable String field(String name) {
    return fields().first(name);
  }

  @Override
  public List<String> all(String name) {
    return fields().all(name);
  }

  @Override
  public Fields fields() {
    return building.build();
  }

  @Override
  public @Nullable String sessionId() {
    return sessionId;
  }

  @Override
  public @Nullable String principal() {
    return principal;
  }

  @Override
  public @Nullable String clientCertificate() {
    return clientCertificate;
  }

  @Override
  public @Nullable String bodyHash() {
    return bodyHash;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %s://%s:%d%s?%s%n%s",
        method,
        scheme,
        serverName,
        serverPort,
        path,
        query,
        fields());
  }
}
