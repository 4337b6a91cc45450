package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.Description;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.StandardMBean;

/**
 * An MXBean whose descriptions come from {@link Description} on its interface.
 *
 * <p>An annotation alone does not show in JConsole: {@link StandardMBean} has to be told.
 */
final class DescribedMBean extends StandardMBean {
  private final Class<?> mxBean;
  private final Map<String, String> descriptions = new HashMap<>();

  <T> DescribedMBean(T implementation, Class<T> mxBean) {
    super(implementation, mxBean, true);
    this.mxBean = mxBean;
    for (Method method : mxBean.getMethods()) {
      descriptions.putIfAbsent(method.getName(), describe(method, method.getName()));
    }
    cacheMBeanInfo(null); // made by the constructor above, before there were descriptions
  }

  @Override
  protected String getDescription(MBeanInfo info) {
    return describe(mxBean, info.getDescription());
  }

  @Override
  protected String getDescription(MBeanAttributeInfo attribute) {
    if (descriptions == null) {
      return attribute.getName();
    }
    String getter = (attribute.isIs() ? "is" : "get") + attribute.getName();
    return descriptions.getOrDefault(getter, attribute.getName());
  }

  @Override
  protected String getDescription(MBeanOperationInfo operation) {
    return descriptions == null
        ? operation.getName()
        : descriptions.getOrDefault(operation.getName(), operation.getName());
  }

  private static String describe(AnnotatedElement element, String otherwise) {
    Description description = element.getAnnotation(Description.class);
    return description == null ? otherwise : description.value();
  }
}
