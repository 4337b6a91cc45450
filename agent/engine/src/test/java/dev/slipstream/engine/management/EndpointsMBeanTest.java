package dev.slipstream.engine.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.flight.Flight;
import dev.slipstream.engine.profile.Endpoint;
import dev.slipstream.engine.profile.EndpointNames;
import dev.slipstream.engine.profile.Endpoints;
import dev.slipstream.engine.profile.Outcome;
import org.junit.jupiter.api.Test;

class EndpointsMBeanTest {
  private final Endpoints endpoints =
      new Endpoints(new EndpointNames(), new Flight(), 0, (method, path) -> null);
  private final EndpointsMBean bean = new EndpointsMBean(endpoints);

  @Test
  void rates_areAbsentBeforeASecondIsOver_andZeroInOneWithoutTraffic() {
    Endpoint items = endpoints.at("GET", "/items");
    assertThat(bean.getRequestsPerSecond()).isNull();
    assertThat(bean.getBytesPerSecond()).isNull();
    assertThat(bean.getTotal().requestsPerSecond()).isNull();

    long now = 1_000_000_000;
    endpoints.tick(now);
    assertThat(bean.getRequestsPerSecond()).isZero();
    assertThat(bean.getBytesPerSecond()).isZero();

    items.record(Outcome.MISS_URI, 200, 1_000_000, 30);
    endpoints.tick(2 * now);
    assertThat(bean.getRequestsPerSecond()).isPositive();
    assertThat(bean.getBytesPerSecond()).isEqualTo(30 * bean.getRequestsPerSecond());
    assertThat(bean.getEndpoints().get(0).requestsPerSecond()).isPositive();
  }
}
