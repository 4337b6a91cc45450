package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §4.4: an unsafe request that succeeds invalidates what is stored. */
final class Rfc9111Section44InvalidationTest extends ConformanceTest {
  private static final String FRESH = "Cache-Control: max-age=3600";

  @ParameterizedTest
  @CsvSource({
    "POST, 200",
    "POST, 201",
    "POST, 204",
    "POST, 302",
    "POST, 303",
    "POST, 299",
    "POST, 399",
    "PUT, 200",
    "PUT, 201",
    "PUT, 204",
    "DELETE, 200",
    "DELETE, 202",
    "DELETE, 204",
    "PATCH, 200",
    "PATCH, 204",
    "FROBNICATE, 200",
    "FROBNICATE, 204"
  })
  void nonError_invalidatesTheUri(String method, int status) throws IOException {
    Resource resource = resource(Reply.ok(FIRST, FRESH), Reply.of(status, ""), Reply.ok(SECOND));
    get(resource);
    assertReused(resource);
    send(method, resource, "");

    assertFetched(resource);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, 400",
    "POST, 403",
    "POST, 404",
    "POST, 409",
    "POST, 500",
    "POST, 503",
    "PUT, 404",
    "PUT, 412",
    "PUT, 500",
    "DELETE, 404",
    "DELETE, 500",
    "PATCH, 422",
    "FROBNICATE, 405"
  })
  void error_invalidatesNothing(String method, int status) throws IOException {
    Resource resource = resource(Reply.ok(FIRST, FRESH), Reply.of(status, ""), Reply.ok(SECOND));
    get(resource);
    send(method, resource, "");

    assertReused(resource);
  }

  @ParameterizedTest
  @CsvSource({"HEAD", "OPTIONS"})
  void safeMethod_invalidatesNothing(String method) throws IOException {
    Resource resource = resource(Reply.ok(FIRST, FRESH), Reply.ok(""), Reply.ok(SECOND));
    get(resource);
    send(method, resource, "");

    assertReused(resource);
  }

  @Test
  void noAnswer_invalidatesNothing() throws IOException {
    Resource resource = resource(Reply.ok(FIRST, FRESH), Reply.none(), Reply.ok(SECOND));
    get(resource);
    send("POST", resource, "");

    assertReused(resource);
  }

  @Test
  void everyVariant_isInvalidated() throws IOException {
    Reply variant = Reply.ok(FIRST, FRESH, "Vary: X-One");
    Reply other = Reply.ok(SECOND, FRESH, "Vary: X-One");
    Resource resource = resource(variant, variant, Reply.of(204, ""), other, other);
    get(resource, "X-One: 1");
    get(resource, "X-One: 2");
    send("DELETE", resource, "X-One: 1");

    assertFetched(resource, "X-One: 1");
    assertFetched(resource, "X-One: 2");
  }

  @Test
  void anotherQuery_isAnotherUri() throws IOException {
    Resource resource = resource(Reply.ok(FIRST, FRESH), Reply.of(204, ""), Reply.ok(SECOND));
    get(resource);
    send("POST", resource.path() + "?other", "");

    assertReused(resource);
  }

  /** <code>{B}</code> stands for the path of the other resource. */
  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Location, a path               | Location: {B}
          Location, a URI                | Location: http://gateway.example{B}
          Location, the default port     | Location: http://gateway.example:80{B}
          Location, host in upper case   | Location: http://GATEWAY.EXAMPLE{B}
          Location, without scheme       | Location: //gateway.example{B}
          Location, with a fragment      | Location: {B}#part
          Content-Location, a path       | Content-Location: {B}
          Content-Location, a URI        | Content-Location: http://gateway.example{B}
          """)
  void namedUriOfTheSameOrigin_isInvalidated(String rule, String field) throws IOException {
    Resource other = resource(FRESH);
    get(other);
    assertReused(other);

    send("POST", resource(Reply.of(201, "", named(field, other))), "");

    assertFetched(other);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Location, another host           | Location: http://other.example{B}
          Location, another port           | Location: http://gateway.example:8080{B}
          Location, another scheme         | Location: https://gateway.example{B}
          Location, without scheme         | Location: //other.example{B}
          Location, host as user           | Location: http://gateway.example@other.example{B}
          Content-Location, another host   | Content-Location: http://other.example{B}
          another field                    | X-Location: {B}
          """)
  void namedUriOfAnotherOrigin_isNotInvalidated(String rule, String field) throws IOException {
    Resource other = resource(FRESH);
    get(other);

    send("POST", resource(Reply.of(201, "", named(field, other))), "");

    assertReused(other);
  }

  @ParameterizedTest
  @CsvSource({"POST, 400", "PUT, 500", "GET, 200", "GET, 302"})
  void namedUri_ofAnErrorOrASafeMethod_isNotInvalidated(String method, int status)
      throws IOException {
    Resource other = resource(FRESH);
    get(other);

    send(method, resource(Reply.of(status, "", "Location: " + other.path())), "");

    assertReused(other);
  }

  /** A body that was asked for before the change does not answer after it. */
  @Test
  void putAnswer_isNotStoredForGet() throws IOException {
    Resource resource =
        resource(Reply.ok(FIRST, FRESH), Reply.ok("of the PUT", FRESH), Reply.ok(SECOND));
    get(resource);
    assertThat(send("PUT", resource, "").body()).isEqualTo("of the PUT");

    assertFetched(resource);
  }

  private static String named(String field, Resource other) {
    return field.replace("{B}", other.path());
  }
}
