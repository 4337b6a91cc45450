package com.example.cache;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Applications with class loaders of their own, each with its copy of the API. */
final class Tenants {
  private static final int REDEPLOYMENTS = 10;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

  private Tenants() {}

  static String say(String scenario) throws Exception {
    return switch (scenario) {
      case "two" -> two();
      case "redeployed" -> redeployed();
      default -> "no such scenario";
    };
  }

  private static String two() throws Exception {
    UnaryOperator<String> first = deploy();
    UnaryOperator<String> second = deploy();
    first.apply("key=value");
    String own = first.apply("key");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (second.apply("key").startsWith("none") && System.nanoTime() < deadline) {
      Thread.onSpinWait(); // L2 is written behind the caller
    }
    return "first: " + own + ", second: " + second.apply("key");
  }

  private static String redeployed() throws Exception {
    List<Reference<ClassLoader>> loaders = new ArrayList<>();
    int stored = 0;
    for (int i = 0; i < REDEPLOYMENTS; i++) {
      UnaryOperator<String> tenant = deploy();
      tenant.apply("key" + i + "=value");
      stored += tenant.apply("key" + i).equals("value own") ? 1 : 0;
      loaders.add(new WeakReference<>(tenant.getClass().getClassLoader()));
    }
    long deadline = System.nanoTime() + LONGEST_NANOS;
    long left;
    do {
      System.gc();
      left = loaders.stream().filter(loader -> !loader.refersTo(null)).count();
    } while (left > 0 && System.nanoTime() < deadline);
    return stored + " stored, loaders left " + left;
  }

  @SuppressWarnings("unchecked")
  private static UnaryOperator<String> deploy() throws Exception {
    URL[] classPath =
        Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
            .map(Tenants::url)
            .toArray(URL[]::new);
    ClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
    return (UnaryOperator<String>)
        loader.loadClass("com.example.cache.Tenant").getConstructor().newInstance();
  }

  private static URL url(String path) {
    try {
      return Path.of(path).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
