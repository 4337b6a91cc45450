package dev.slipstream.engine.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ObjectName;
import javax.management.openmbean.OpenType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Law 7: every exported number has a unit and a description; no client needs a class of ours. */
class AllBeansTest {
  private static final Set<String> NUMBERS =
      Set.of("long", "int", "double", "java.lang.Long", "java.lang.Integer", "java.lang.Double");

  /** Units, and the things that are counted, which are the unit of their number. */
  private static final Pattern UNIT =
      Pattern.compile(
          "(?i)\\b(answers|bytes|milliseconds|ms|seconds|microseconds|minutes|percent|0 to 1|ThresholdUnit"
              + "|overdrawn|ratio|times|requests|exchanges|entries|look-ups|operations|errors|values"
              + "|applications|loaders|callers|calls|hits|misses|endpoints|emergencies|rules"
              + "|invalidations|messages|gateways|activations|subjects|processors|threads|files|stops"
              + "|connections|tags|how often)\\b");

  private static AllBeans beans;
  private static Map<ObjectName, MBeanInfo> infos;

  @BeforeAll
  static void register() throws JMException {
    beans = new AllBeans("redis_url=redis://127.0.0.1:1");
    beans.exchange("GET", "/users/1");
    beans.awaitBeansOfEndpoints(1);
    infos = beans.infos();
  }

  @AfterAll
  static void unregister() throws JMException {
    beans.close();
    assertThat(beans.infos()).isEmpty();
  }

  @Test
  void names_areThoseOfTheDesign() {
    assertThat(infos.keySet())
        .extracting(ObjectName::getCanonicalName)
        .contains(
            "dev.slipstream:type=Agent",
            "dev.slipstream:type=Rules",
            "dev.slipstream:name=l2,type=Cache",
            "dev.slipstream:name=cache_cleanup,type=Rule",
            "dev.slipstream:name=\"GET /users/{id}\",type=Endpoint")
        .hasSizeGreaterThan(20);
  }

  @Test
  void everyBean_isDescribed_inOpenTypes() {
    infos.forEach(
        (name, info) -> {
          assertThat(info.getDescription()).as("%s", name).contains(" ").hasSizeGreaterThan(10);
          for (MBeanAttributeInfo attribute : info.getAttributes()) {
            isDescribed(name, attribute);
            hasOpenType(name, attribute);
          }
          for (MBeanOperationInfo operation : info.getOperations()) {
            isDescribed(name, operation);
            hasOpenType(name, operation);
            assertThat(operation.getImpact())
                .as("impact of %s of %s", operation.getName(), name)
                .isNotEqualTo(MBeanOperationInfo.UNKNOWN);
            for (MBeanParameterInfo parameter : operation.getSignature()) {
              isDescribed(name, parameter);
              assertThat(parameter.getName()).as("%s", operation).doesNotMatch("p\\d+");
            }
          }
          for (MBeanNotificationInfo notification : info.getNotifications()) {
            isDescribed(name, notification);
            assertThat(notification.getNotifTypes())
                .isNotEmpty()
                .allMatch(type -> type.startsWith("dev.slipstream."));
          }
        });
  }

  private static void isDescribed(ObjectName bean, MBeanFeatureInfo feature) {
    assertThat(feature.getDescription())
        .as("%s of %s", feature.getName(), bean)
        .contains(" ")
        .isNotEqualTo(feature.getName());
  }

  private static void hasOpenType(ObjectName bean, MBeanFeatureInfo feature) {
    assertThat(feature.getDescriptor().getFieldValue("openType"))
        .as("%s of %s", feature.getName(), bean)
        .isInstanceOf(OpenType.class);
  }

  @Test
  void everyNumber_hasAUnit() {
    List<String> without = new ArrayList<>();
    infos.forEach(
        (name, info) -> {
          for (MBeanAttributeInfo attribute : info.getAttributes()) {
            if (NUMBERS.contains(attribute.getType())
                && !UNIT.matcher(attribute.getDescription()).find()) {
              without.add(name + " " + attribute.getName() + ": " + attribute.getDescription());
            }
          }
        });

    assertThat(without).isEmpty();
  }

  @Test
  void everyAttribute_canBeRead() throws JMException {
    for (Map.Entry<ObjectName, MBeanInfo> bean : infos.entrySet()) {
      for (MBeanAttributeInfo attribute : bean.getValue().getAttributes()) {
        beans.server.getAttribute(bean.getKey(), attribute.getName()); // throws where it cannot
      }
    }
    assertThat(beans.errors.total()).isZero();
  }

  @Test
  void notifications_areSaidByTheirBeans() {
    assertThat(
            infos.values().stream()
                .flatMap(info -> List.of(info.getNotifications()).stream())
                .flatMap(one -> List.of(one.getNotifTypes()).stream())
                .distinct())
        .containsExactlyInAnyOrder(
            "dev.slipstream.activation.began",
            "dev.slipstream.activation.ended",
            "dev.slipstream.activation.judged",
            "dev.slipstream.emergency.began",
            "dev.slipstream.emergency.ended",
            "dev.slipstream.tier.failed",
            "dev.slipstream.tier.recovered",
            "dev.slipstream.rule.error",
            "dev.slipstream.agent.off");
  }
}
