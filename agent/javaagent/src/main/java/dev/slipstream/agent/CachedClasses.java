package dev.slipstream.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Classes that are loaded already and have {@code @Cached}, told from their class files: to ask a
 * class itself would load what its methods mention.
 *
 * <p>Only classes whose loader sees the annotation are looked at.
 */
final class CachedClasses {
  private static final String ANNOTATION = "dev/slipstream/api/Cached.class";

  private final Map<ClassLoader, Boolean> sees = new HashMap<>();

  private CachedClasses() {}

  /** Those of the classes that have it. */
  static Set<Class<?>> among(Class<?>[] loaded) {
    CachedClasses classes = new CachedClasses();
    Set<Class<?>> found = new HashSet<>();
    for (Class<?> type : loaded) {
      if (classes.has(type)) {
        found.add(type);
      }
    }
    return found;
  }

  private boolean has(Class<?> type) {
    String name = type.getName();
    ClassLoader loader = type.getClassLoader();
    if (type.isArray()
        || type.isHidden()
        || !EntryPointTransformer.isOfTheApplication(loader, name.replace('.', '/'))
        || !sees.computeIfAbsent(loader, CachedClasses::seesAnnotation)) {
      return false;
    }
    return ClassFileScan.of(read(loader, name.replace('.', '/') + ".class")).isCached();
  }

  private static boolean seesAnnotation(ClassLoader loader) {
    try {
      return loader.getResource(ANNOTATION) != null;
    } catch (RuntimeException | LinkageError e) {
      return false; // of a loader that has ended
    }
  }

  private static byte @Nullable [] read(ClassLoader loader, String file) {
    try (InputStream in = loader.getResourceAsStream(file)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException | RuntimeException | LinkageError e) {
      return null;
    }
  }
}
