package dev.slipstream.engine.app;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** A method whose results are cached, and how. */
final class CachedMethod {
  private final Method method;
  private final MethodTerms terms;
  private final @Nullable KeyTemplate key;
  private final List<KeyTemplate> tags = new ArrayList<>();
  private final String name;

  /**
   * Makes one.
   *
   * @throws IllegalArgumentException if a template names an argument that is not there
   */
  CachedMethod(Method method, MethodTerms terms) {
    this.method = method;
    this.terms = terms;
    this.key = terms.key().isEmpty() ? null : KeyTemplate.parse(terms.key(), method);
    for (String tag : terms.tags()) {
      tags.add(KeyTemplate.parse(tag, method));
    }
    this.name = describe(method);
  }

  /** A method by its class, its name and the types of its parameters. */
  static String describe(Method method) {
    StringBuilder text = new StringBuilder(method.getDeclaringClass().getName());
    text.append('.').append(method.getName()).append('(');
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      text.append(i == 0 ? "" : ",").append(types[i].getTypeName());
    }
    return text.append(')').toString();
  }

  /** The whole key of a call; null where an argument cannot be told from others. */
  @Nullable String key(ApplicationKeys keys, @Nullable Object[] arguments) {
    String own;
    if (key == null) {
      String all = ArgumentText.all(arguments);
      own = all == null ? null : name + all;
    } else {
      own = key.fill(arguments);
    }
    return own == null ? null : keys.of(terms.namespace(), own);
  }

  /** How the result of a call is stored; null where a tag cannot be made. */
  ApplicationCache.@Nullable Terms terms(@Nullable Object[] arguments) {
    List<String> filled = new ArrayList<>(tags.size());
    for (KeyTemplate tag : tags) {
      String text = tag.fill(arguments);
      if (text == null) {
        return null;
      }
      filled.add(text);
    }
    return new ApplicationCache.Terms(valueType(), terms.ttlMillis(), filled);
  }

  /** Whether what is stored is what a stage completes with. */
  boolean isStage() {
    Class<?> type = method.getReturnType();
    return type == CompletionStage.class || type == CompletableFuture.class;
  }

  /** The type of what is stored. */
  Type valueType() {
    Type type = method.getGenericReturnType();
    if (!isStage()) {
      return type;
    }
    return type instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[0]
        : Object.class;
  }

  /** Whether a result can be used more than once. */
  static boolean isReusable(@Nullable Object result) {
    return !(result instanceof AutoCloseable
        || result instanceof Iterator
        || result instanceof Enumeration
        || result instanceof BaseStream
        || result instanceof CompletionStage
        || result instanceof Future);
  }

  /** Class, name and types of the parameters. */
  @Override
  public String toString() {
    return name;
  }
}
