package dev.slipstream.agent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was woven, as text: keeps no class and no loader alive. Thread-safe; what is listed is
 * bounded, and what is known beside it goes with the class loaders.
 */
final class WovenTargets {
  private static final int GREATEST_SIZE = 256;

  private final Set<String> targets = new LinkedHashSet<>();
  // Class loaders of web applications are described alike, and may have the same classes.
  private final Map<ClassLoader, Set<String>> byLoader = new WeakHashMap<>();
  private int unlisted;

  synchronized void add(String className, @Nullable ClassLoader loader) {
    if (loader != null) {
      byLoader.computeIfAbsent(loader, unused -> new HashSet<>()).add(className);
    }
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

  /** Whether a class of that name was woven in a loader. */
  synchronized boolean contains(String className, @Nullable ClassLoader loader) {
    return loader == null
        ? targets.contains(className + " in " + describe(null))
        : byLoader.getOrDefault(loader, Set.of()).contains(className);
  }

  synchronized List<String> list() {
    List<String> all = new ArrayList<>(targets);
    if (unlisted > 0) {
      all.add("and " + unlisted + " more");
    }
    return all;
  }

  /** The class loaders that are still there, each with how many classes of it are woven. */
  synchronized List<String> loaders() {
    List<String> loaders = new ArrayList<>();
    byLoader.forEach(
        (loader, classes) -> loaders.add(describe(loader) + ": " + classes.size() + " classes"));
    return loaders.stream().sorted().limit(GREATEST_SIZE).toList();
  }

  private static String describe(@Nullable ClassLoader loader) {
    if (loader == null) {
      return "the boot loader";
    }
    String name = loader.getName();
    return loader.getClass().getName() + (name == null ? "" : " '" + name + "'");
  }
}
