package dev.slipstream.agent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was woven, as text: holds no class and no loader. Thread-safe; bounded. */
final class WovenTargets {
  private static final int GREATEST_SIZE = 256;

  private final List<String> targets = new ArrayList<>();
  private int unlisted;

  synchronized void add(String className, @Nullable ClassLoader loader) {
    if (targets.size() < GREATEST_SIZE) {
      targets.add(className + " in " + describe(loader));
    } else {
      unlisted++;
    }
  }

  synchronized List<String> list() {
    List<String> all = new ArrayList<>(targets);
    if (unlisted > 0) {
      all.add("and " + unlisted + " more");
    }
    return all;
  }

  private static String describe(@Nullable ClassLoader loader) {
    if (loader == null) {
      return "the boot loader";
    }
    String name = loader.getName();
    return loader.getClass().getName() + (name == null ? "" : " '" + name + "'");
  }
}
