package dev.slipstream.engine.management;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;

/** Records as JMX sends them, for notifications: MXBeans do this by themselves for attributes. */
final class Composite {
  private static final Map<Class<?>, SimpleType<?>> TYPES =
      Map.of(
          String.class, SimpleType.STRING,
          boolean.class, SimpleType.BOOLEAN,
          int.class, SimpleType.INTEGER,
          long.class, SimpleType.LONG,
          Long.class, SimpleType.LONG,
          double.class, SimpleType.DOUBLE,
          Double.class, SimpleType.DOUBLE);

  private Composite() {}

  /** A record of texts, numbers and truth values. */
  static CompositeData of(Record record) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    String[] names = new String[components.length];
    OpenType<?>[] types = new OpenType<?>[components.length];
    @Nullable Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        SimpleType<?> type = TYPES.get(components[i].getType());
        if (type == null) {
          throw new IllegalArgumentException("no simple type: " + components[i]);
        }
        names[i] = components[i].getName();
        types[i] = type;
        values[i] = components[i].getAccessor().invoke(record);
      }
      String name = record.getClass().getName();
      return new CompositeDataSupport(
          new CompositeType(name, name, names, names, types), names, values);
    } catch (OpenDataException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
