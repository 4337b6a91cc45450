package dev.slipstream.config.jmx;

import java.util.Map;
import java.util.TreeMap;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** Maps of texts, as JMX sends them. */
final class TextTables {
  private TextTables() {}

  /** The map that JMX has made a table of. */
  static Map<String, String> of(TabularData table) {
    Map<String, String> texts = new TreeMap<>();
    for (Object row : table.values()) {
      CompositeData entry = (CompositeData) row;
      texts.put((String) entry.get("key"), (String) entry.get("value"));
    }
    return texts;
  }
}
