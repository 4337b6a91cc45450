package dev.slipstream.agent;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was woven, as text: holds no class and no loader. Thread-safe; bounded. */
final class WovenTargets {
  private static final int GREATEST_SIZE = 256;

  private final Set<String> targets = new LinkedHashSet<>();
  private int unlisted;

  synchronized void add(String className, @Nullable ClassLoader loader) {
    String target = className + " in " + describe(loader);
    if (targets.contains(target)) {
      return; // woven once more
    }
    if (targets.size() < GREATEST_SIZE) {
      targets.add(target);
    } else {
      unlisted++;
    }
  }

  /** Whether a class of that name was woven, in a loader that is described so. */
  synchronized boolean contains(String className, @Nullable ClassLoader loader) {
    return targets.contains(className + " in " + describe(loader));
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
