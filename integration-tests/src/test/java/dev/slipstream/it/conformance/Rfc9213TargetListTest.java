package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.GatewayProcess;
import dev.slipstream.it.HttpConnection;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9213 §2.2: the target list is the operator's. */
final class Rfc9213TargetListTest {
  private static Origin origin;
  private static GatewayProcess gateway;

  @BeforeAll
  static void start() {
    origin = new Origin();
    gateway = ProxyKind.gateway("tomcat-11", origin, "targeted_fields=CDN-Cache-Control").start();
    Gateways.awaitAgent(gateway, origin);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    origin.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          over no-store      | 1 | CDN-Cache-Control: max-age=3600 + Cache-Control: no-store
          alone              | 1 | CDN-Cache-Control: max-age=3600
          not in the list    | 1 | Slipstream-Cache-Control: no-store + Cache-Control: max-age=3600
          absent             | 1 | Cache-Control: max-age=3600
          no-store           | 2 | CDN-Cache-Control: no-store + Cache-Control: max-age=3600
          max-age            | 2 | CDN-Cache-Control: max-age=0 + Cache-Control: max-age=3600
          not in the list, alone | 2 | Slipstream-Cache-Control: max-age=3600
          """)
  void cdnCacheControl_inTheList(String rule, int requests, String fields) throws IOException {
    Reply reply = Reply.ok(ConformanceTest.FIRST, ConformanceTest.lines(fields));
    Resource resource = origin.resource("/sync", rule).replies(reply, reply);
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      connection.get(resource.path());
      connection.get(resource.path());
    }

    assertThat(resource.requests()).as("requests to the origin").isEqualTo(requests);
  }
}
