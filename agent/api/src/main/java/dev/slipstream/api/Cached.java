package dev.slipstream.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The result of the method is cached, once the agent is in the process.
 *
 * <p>The method is called where the cache has no result for its arguments; calls for the same at
 * the same time wait for one of them. Neither exceptions nor null are stored. Of a method that
 * returns {@code CompletionStage} or {@code CompletableFuture} what it completes with is stored.
 * The object that the method is called on is no part of the key.
 *
 * <p>On a JAX-RS resource method it is the response that is cached, as by a rule for its path:
 * {@link #ttl} and {@link #tags} count, and all that protects private responses holds.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Cached {
  /** How long a result is used, in seconds; 0 for the agent's setting {@code cache_default_ttl}. */
  long ttl() default 0;

  /** The cache that the result is in: the first part of its key. */
  String namespace() default "methods";

  /** What the result may be invalidated by. */
  String[] tags() default {};

  /**
   * The key within the namespace, such as {@code user:{0}:{name}}: a number in braces is the
   * argument at that place, from 0 on; a name is the argument of that name, where the class was
   * compiled with {@code -parameters}. Empty for the method itself and all arguments.
   */
  String key() default "";
}
