package dev.slipstream.engine.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.CoherenceMXBean;
import dev.slipstream.config.jmx.Description;
import dev.slipstream.config.jmx.HttpCacheMXBean;
import dev.slipstream.config.jmx.MemoryTierMXBean;
import dev.slipstream.config.jmx.RedisTierMXBean;
import dev.slipstream.config.jmx.SystemMXBean;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.openmbean.OpenType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescribedMBeanTest {

  /** What the tests describe. */
  @Description("A lamp")
  public interface LampMXBean {
    @Description("Brightness, in lumens")
    long getBrightness();

    @Description("Whether it is on")
    boolean isOn();

    void setOn(boolean on);

    Map<String, Long> getUndescribed();

    @Description("Switches it; returns how often it was")
    int toggle();

    List<String> undescribedOperation();
  }

  private static final class Lamp implements LampMXBean {
    private boolean on;
    private int toggled;

    @Override
    public long getBrightness() {
      return on ? 800 : 0;
    }

    @Override
    public boolean isOn() {
      return on;
    }

    @Override
    public void setOn(boolean on) {
      this.on = on;
    }

    @Override
    public Map<String, Long> getUndescribed() {
      return Map.of("a", 1L);
    }

    @Override
    public int toggle() {
      on = !on;
      return ++toggled;
    }

    @Override
    public List<String> undescribedOperation() {
      return List.of();
    }
  }

  private final DescribedMBean bean = new DescribedMBean(new Lamp(), LampMXBean.class);

  @Test
  void getMBeanInfo_hasTheDescriptions() {
    MBeanInfo info = bean.getMBeanInfo();

    assertThat(info.getDescription()).isEqualTo("A lamp");
    assertThat(attribute(info, "Brightness").getDescription()).isEqualTo("Brightness, in lumens");
    assertThat(attribute(info, "On").getDescription()).isEqualTo("Whether it is on");
    assertThat(operation(info, "toggle").getDescription())
        .isEqualTo("Switches it; returns how often it was");
  }

  @Test
  void getMBeanInfo_withoutADescription_hasTheName() {
    MBeanInfo info = bean.getMBeanInfo();

    assertThat(attribute(info, "Undescribed").getDescription()).contains("ndescribed");
    assertThat(operation(info, "undescribedOperation").getDescription())
        .isEqualTo("undescribedOperation");
  }

  @Test
  void getMBeanInfo_isAnMXBeans() {
    MBeanInfo info = bean.getMBeanInfo();

    assertThat(info.getDescriptor().getFieldValue("mxbean")).isEqualTo("true");
    assertThat(info.getAttributes()).hasSize(3).allSatisfy(DescribedMBeanTest::hasOpenType);
    assertThat(info.getOperations()).hasSize(2).allSatisfy(DescribedMBeanTest::hasOpenType);
    assertThat(attribute(info, "On").isWritable()).isTrue();
    assertThat(attribute(info, "Brightness").isWritable()).isFalse();
  }

  @Test
  void invoke_reachesTheImplementation() throws Exception {
    assertThat(bean.invoke("toggle", new Object[0], new String[0])).isEqualTo(1);
    assertThat(bean.getAttribute("Brightness")).isEqualTo(800L);
    bean.setAttribute(new Attribute("On", false));
    assertThat(bean.getAttribute("On")).isEqualTo(false);
  }

  /** Law 7: every exported number has a description; and no client needs a class of ours. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        AgentMXBean.class,
        CacheMXBean.class,
        HttpCacheMXBean.class,
        MemoryTierMXBean.class,
        RedisTierMXBean.class,
        CoherenceMXBean.class,
        SystemMXBean.class
      })
  void getMBeanInfo_ofOurBeans_describesAllInOpenTypes(Class<?> type) {
    MBeanInfo info = describe(type).getMBeanInfo();

    assertThat(info.getDescription()).isNotEqualTo(info.getClassName()).hasSizeGreaterThan(10);
    assertThat(info.getAttributes())
        .isNotEmpty()
        .allSatisfy(
            attribute -> {
              hasOpenType(attribute);
              assertThat(attribute.getDescription())
                  .isNotEqualTo(attribute.getName())
                  .doesNotMatch("(get|is)" + attribute.getName());
              assertThat(attribute.getType()).doesNotContain("slipstream");
            });
    assertThat(info.getOperations())
        .allSatisfy(
            operation -> {
              hasOpenType(operation);
              assertThat(operation.getDescription()).isNotEqualTo(operation.getName());
              assertThat(operation.getReturnType()).doesNotContain("slipstream");
            });
  }

  private static void hasOpenType(MBeanFeatureInfo feature) {
    assertThat(feature.getDescriptor().getFieldValue("openType"))
        .as(feature.getName())
        .isInstanceOf(OpenType.class);
  }

  private static <T> DescribedMBean describe(Class<T> type) {
    Object nothing =
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
    return new DescribedMBean(type.cast(nothing), type);
  }

  private static MBeanAttributeInfo attribute(MBeanInfo info, String name) {
    return Arrays.stream(info.getAttributes())
        .filter(attribute -> attribute.getName().equals(name))
        .findAny()
        .orElseThrow();
  }

  private static MBeanOperationInfo operation(MBeanInfo info, String name) {
    return Arrays.stream(info.getOperations())
        .filter(operation -> operation.getName().equals(name))
        .findAny()
        .orElseThrow();
  }
}
