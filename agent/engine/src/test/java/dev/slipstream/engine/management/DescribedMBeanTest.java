package dev.slipstream.engine.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.jmx.Description;
import dev.slipstream.config.jmx.Impact;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.openmbean.OpenType;
import org.junit.jupiter.api.Test;

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

    @Description("Dims it to a level")
    @Impact(Impact.Kind.ACTION)
    void dim(@Description(name = "level", value = "How bright, 0 to 1") double level);

    @Description("Dims it to the levels, one after another")
    @Impact(Impact.Kind.ACTION_INFO)
    int dim(
        @Description(name = "levels", value = "How bright, each 0 to 1") List<Double> levels,
        @Description(name = "seconds", value = "For how long each") Map<String, Long> seconds);

    @Description("What it costs")
    @Impact(Impact.Kind.INFO)
    long cost(long unnamed);
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

    @Override
    public void dim(double level) {}

    @Override
    public int dim(List<Double> levels, Map<String, Long> seconds) {
      return levels.size();
    }

    @Override
    public long cost(long unnamed) {
      return unnamed;
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
    assertThat(info.getOperations()).hasSize(5).allSatisfy(DescribedMBeanTest::hasOpenType);
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

  @Test
  void getMBeanInfo_ofOperationsOfOneName_tellsThemApart() {
    MBeanOperationInfo one = operation("dim", 1);
    MBeanOperationInfo two = operation("dim", 2);

    assertThat(one.getDescription()).isEqualTo("Dims it to a level");
    assertThat(one.getImpact()).isEqualTo(MBeanOperationInfo.ACTION);
    assertThat(one.getSignature()[0].getName()).isEqualTo("level");
    assertThat(one.getSignature()[0].getDescription()).isEqualTo("How bright, 0 to 1");
    assertThat(two.getDescription()).isEqualTo("Dims it to the levels, one after another");
    assertThat(two.getImpact()).isEqualTo(MBeanOperationInfo.ACTION_INFO);
    assertThat(two.getSignature())
        .extracting(MBeanParameterInfo::getName)
        .containsExactly("levels", "seconds");
    assertThat(two.getSignature()[1].getDescription()).isEqualTo("For how long each");
  }

  @Test
  void getMBeanInfo_withoutAnnotations_hasWhatJmxGives() {
    assertThat(operation("cost", 1).getImpact()).isEqualTo(MBeanOperationInfo.INFO);
    assertThat(operation("cost", 1).getSignature()[0].getName()).isEqualTo("p0");
    assertThat(operation("toggle", 0).getImpact()).isEqualTo(MBeanOperationInfo.UNKNOWN);
  }

  private MBeanOperationInfo operation(String name, int parameters) {
    return Arrays.stream(bean.getMBeanInfo().getOperations())
        .filter(one -> one.getName().equals(name) && one.getSignature().length == parameters)
        .findAny()
        .orElseThrow();
  }

  private static void hasOpenType(MBeanFeatureInfo feature) {
    assertThat(feature.getDescriptor().getFieldValue("openType"))
        .as(feature.getName())
        .isInstanceOf(OpenType.class);
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
