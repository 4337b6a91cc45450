package dev.slipstream.engine.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.jmx.EndpointMXBean;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.engine.MutableClock;
import dev.slipstream.engine.learn.Learning;
import dev.slipstream.engine.profile.EndpointNames;
import dev.slipstream.engine.profile.Endpoints;
import dev.slipstream.engine.profile.Outcome;
import java.time.Duration;
import java.util.Set;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class EndpointBeansTest {
  private final MutableClock clock = new MutableClock();
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final EndpointNames names = new EndpointNames();
  private final Endpoints endpoints = new Endpoints(names);
  private final Learning learning =
      new Learning(true, Duration.ofHours(1), names, clock, () -> 0.5);
  private final EndpointBeans beans = new EndpointBeans(server, endpoints, learning, clock::nanos);

  private void exchange(String path, int times) {
    for (int i = 0; i < times; i++) {
      endpoints.at("GET", path).record(Outcome.HIT_L1, 200, 2_000_000, 10);
    }
  }

  private Set<ObjectName> registered() throws JMException {
    return server.queryNames(new ObjectName(ObjectNames.EACH_ENDPOINT), null);
  }

  private EndpointMXBean bean(String name) throws JMException {
    return JMX.newMXBeanProxy(
        server, new ObjectName(ObjectNames.endpoint(name)), EndpointMXBean.class);
  }

  @Test
  void renew_registersUnderQuotedNames_andEndUnregisters() throws JMException {
    exchange("/users/1", 1);
    exchange("/a*b?c=\"d\"", 1);
    beans.renew();

    assertThat(bean("GET /users/{id}").getRequests()).isEqualTo(1);
    assertThat(registered()).hasSize(2).noneMatch(ObjectName::isPattern);
    for (ObjectName name : registered()) {
      assertThat(server.getMBeanInfo(name).getAttributes())
          .hasSizeGreaterThan(40)
          .allMatch(attribute -> attribute.getDescription().contains(" "));
    }

    beans.end();
    beans.renew();
    assertThat(registered()).isEmpty();
  }

  @Test
  void renew_keepsThe100Busiest() throws JMException {
    for (int i = 0; i < EndpointBeans.MOST + 20; i++) {
      names.learn("/" + i, "/template-" + i);
      exchange("/" + i, 2);
    }
    beans.renew();
    assertThat(registered()).hasSize(EndpointBeans.MOST);

    exchange("/late", 50);
    beans.renew();

    assertThat(registered()).hasSize(EndpointBeans.MOST);
    assertThat(bean("GET /late").getRequests()).isEqualTo(50);
  }

  @Test
  void attributes_areOfOneMoment_forHalfASecond() throws JMException {
    exchange("/users/1", 3);
    beans.renew();
    EndpointMXBean bean = bean("GET /users/{id}");

    assertThat(bean.getRequests()).isEqualTo(3);
    assertThat(bean.getOutcomes()).containsEntry("hit_l1", 3L);
    assertThat(bean.getEndpoint()).isEqualTo("GET /users/{id}");
    assertThat(bean.getBudgetP95Millis()).isNull();
    assertThat(bean.getExplanation()).isEmpty();

    exchange("/users/2", 1);
    assertThat(bean.getRequests()).isEqualTo(3);
    clock.advance(Duration.ofMillis(500));
    assertThat(bean.getRequests()).isEqualTo(4);
    assertThat(bean.getBytes()).isEqualTo(40);
  }
}
