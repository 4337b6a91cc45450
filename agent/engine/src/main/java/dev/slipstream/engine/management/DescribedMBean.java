package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.Description;
import dev.slipstream.config.jmx.Impact;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.NotificationBroadcasterSupport;
import javax.management.StandardEmitterMBean;
import org.jspecify.annotations.Nullable;

/**
 * An MXBean whose descriptions, names of parameters and impacts come from annotations on its
 * interface, and which may send notifications.
 *
 * <p>An annotation alone does not show in JConsole: {@link StandardEmitterMBean} has to be told.
 */
final class DescribedMBean extends StandardEmitterMBean {
  private final Class<?> mxBean;
  private final Map<String, String> descriptions = new HashMap<>();

  /** A bean that sends nothing. */
  <T> DescribedMBean(T implementation, Class<T> mxBean) {
    this(implementation, mxBean, new NotificationBroadcasterSupport());
  }

  /**
   * A bean that sends what an emitter does.
   *
   * @param emitter knows the notifications that there may be
   */
  <T> DescribedMBean(T implementation, Class<T> mxBean, NotificationBroadcasterSupport emitter) {
    super(implementation, mxBean, true, emitter);
    this.mxBean = mxBean;
    for (Method method : mxBean.getMethods()) {
      if (method.getParameterCount() == 0) {
        descriptions.put(method.getName(), describe(method, method.getName()));
      }
    }
    cacheMBeanInfo(null); // made by the constructor above, before there were descriptions
  }

  /** Has it describe itself as another bean of the same kind does, with the same objects. */
  void describeAs(MBeanInfo info) {
    cacheMBeanInfo(info);
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
    Method method = method(operation);
    return method == null ? operation.getName() : describe(method, operation.getName());
  }

  @Override
  protected int getImpact(MBeanOperationInfo operation) {
    Method method = method(operation);
    Impact impact = method == null ? null : method.getAnnotation(Impact.class);
    return impact == null
        ? MBeanOperationInfo.UNKNOWN
        : switch (impact.value()) {
          case INFO -> MBeanOperationInfo.INFO;
          case ACTION -> MBeanOperationInfo.ACTION;
          case ACTION_INFO -> MBeanOperationInfo.ACTION_INFO;
        };
  }

  @Override
  protected String getParameterName(
      MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
    Description description = parameter(operation, index);
    return description == null || description.name().isEmpty()
        ? parameter.getName()
        : description.name();
  }

  @Override
  protected String getDescription(
      MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
    Description description = parameter(operation, index);
    return description == null ? parameter.getName() : description.value();
  }

  private @Nullable Description parameter(MBeanOperationInfo operation, int index) {
    Method method = method(operation);
    return method == null ? null : method.getParameters()[index].getAnnotation(Description.class);
  }

  /** The method of the interface; several may have the name of an operation. */
  private @Nullable Method method(MBeanOperationInfo operation) {
    if (mxBean == null) {
      return null;
    }
    for (Method method : mxBean.getMethods()) {
      if (method.getName().equals(operation.getName()) && types(method).equals(types(operation))) {
        return method;
      }
    }
    return null;
  }

  private static List<String> types(Method method) {
    return Arrays.stream(method.getGenericParameterTypes()).map(Type::getTypeName).toList();
  }

  /** Of parameters JMX says what they were before it turned them into open types. */
  private static List<String> types(MBeanOperationInfo operation) {
    return Arrays.stream(operation.getSignature())
        .map(parameter -> parameter.getDescriptor().getFieldValue(JMX.ORIGINAL_TYPE_FIELD))
        .map(String::valueOf)
        .toList();
  }

  private static String describe(AnnotatedElement element, String otherwise) {
    Description description = element.getAnnotation(Description.class);
    return description == null ? otherwise : description.value();
  }
}
