package dev.slipstream.engine.management;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.Descriptor;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ObjectName;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.TabularType;

/** The part of docs/jmx.md that is made from the beans. */
final class JmxPage {
  private static final String[] IMPACTS = {"INFO", "ACTION", "ACTION_INFO", "UNKNOWN"};

  private final StringBuilder text = new StringBuilder();
  private final Map<String, CompositeType> composites = new TreeMap<>();

  private JmxPage() {}

  /** Renders beans. */
  static String of(Map<ObjectName, MBeanInfo> infos) {
    JmxPage page = new JmxPage();
    Map<String, List<String>> names = new TreeMap<>();
    Map<String, MBeanInfo> beans = new TreeMap<>();
    infos.forEach(
        (name, info) -> {
          String type = name.getKeyProperty("type");
          boolean many = type.equals("Rule") || type.equals("Endpoint");
          String own = name.getKeyProperty("name");
          String title =
              many
                  ? type.equals("Rule") ? "type=Rule,name=…" : "type=Endpoint,name=\"…\""
                  : "type=" + type + (own == null ? "" : ",name=" + own);
          names.computeIfAbsent(title, unused -> new ArrayList<>()).add(own == null ? "" : own);
          beans.putIfAbsent(title, info);
        });
    beans.forEach((title, info) -> page.bean(title, names.get(title), info));
    page.composites();
    return page.text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void bean(String title, List<String> names, MBeanInfo info) {
    line("### `dev.slipstream:" + title + "`");
    line("");
    line(info.getDescription() + ".");
    if (title.startsWith("type=Rule,")) {
      line(
          "Names: "
              + names.stream()
                  .sorted()
                  .collect(Collectors.joining(", ", "`", "`."))
                  .replace(", ", "`, `"));
    }
    line("");
    line("| attribute | type | what it is |");
    line("| --- | --- | --- |");
    for (MBeanAttributeInfo attribute : sorted(info.getAttributes())) {
      line(
          String.format(
              Locale.ROOT,
              "| `%s` | %s%s | %s |",
              attribute.getName(),
              type(attribute.getDescriptor()),
              attribute.isWritable() ? ", settable" : "",
              escaped(attribute.getDescription())));
    }
    line("");
    if (info.getOperations().length > 0) {
      line("| operation | impact | returns | what it does |");
      line("| --- | --- | --- | --- |");
      Arrays.stream(info.getOperations())
          .sorted(
              Comparator.comparing(MBeanOperationInfo::getName)
                  .thenComparing(operation -> operation.getSignature().length))
          .forEach(this::operation);
      line("");
    }
    for (MBeanNotificationInfo notification : info.getNotifications()) {
      line(
          "Notifies of: "
              + Arrays.stream(notification.getNotifTypes())
                  .map(type -> "`" + type + "`")
                  .collect(Collectors.joining(", "))
              + ". "
              + notification.getDescription()
              + ".");
      line("");
    }
  }

  private static List<MBeanAttributeInfo> sorted(MBeanAttributeInfo[] attributes) {
    return Arrays.stream(attributes)
        .sorted(Comparator.comparing(MBeanAttributeInfo::getName))
        .toList();
  }

  private void operation(MBeanOperationInfo operation) {
    List<String> parameters = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (MBeanParameterInfo parameter : operation.getSignature()) {
      parameters.add(parameter.getName());
      said.add(
          "`"
              + parameter.getName()
              + "` ("
              + type(parameter.getDescriptor())
              + "): "
              + parameter.getDescription());
    }
    line(
        String.format(
            Locale.ROOT,
            "| `%s(%s)` | %s | %s | %s%s |",
            operation.getName(),
            String.join(", ", parameters),
            IMPACTS[operation.getImpact()],
            type(operation.getDescriptor()),
            escaped(operation.getDescription()),
            said.isEmpty() ? "" : ". " + escaped(String.join("; ", said))));
  }

  private static String escaped(String cell) {
    return cell.replace("|", "\\|").replace("*", "\\*");
  }

  private String type(Descriptor descriptor) {
    return type((OpenType<?>) descriptor.getFieldValue("openType"));
  }

  private String type(OpenType<?> type) {
    if (type instanceof ArrayType<?> array) {
      return type(array.getElementOpenType()) + "[]";
    }
    if (type instanceof TabularType table) {
      CompositeType row = table.getRowType();
      return "table of " + type(row.getType("key")) + " to " + type(row.getType("value"));
    }
    String name = type.getTypeName().substring(type.getTypeName().lastIndexOf('.') + 1);
    if (type instanceof CompositeType composite && composites.put(name, composite) == null) {
      composite.keySet().forEach(item -> type(composite.getType(item)));
    }
    return name;
  }

  private void composites() {
    line("### Composites");
    line("");
    line(
        "What the types above that JMX calls composite are made of. A name that ends in `Millis` is in");
    line(
        "milliseconds (`AtMillis`: since 1970), in `Seconds` in seconds, in `Bytes` in bytes, in `Percent` in");
    line("percent; a rate, ratio or share is 0 to 1; other numbers are counts.");
    line("");
    line("| composite | items |");
    line("| --- | --- |");
    composites.forEach(
        (name, composite) ->
            line(
                "| `"
                    + name
                    + "` | "
                    + composite.keySet().stream()
                        .map(item -> "`" + item + "` " + type(composite.getType(item)))
                        .collect(Collectors.joining(", "))
                    + " |"));
  }
}
