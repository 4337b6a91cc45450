package dev.slipstream.config.jmx;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What an operation does to the gateway; shown by JMX clients. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Impact {
  /** Whether it changes anything. */
  Kind value();

  /** What an operation may do. */
  enum Kind {
    /** It reads. */
    INFO,
    /** It changes something. */
    ACTION,
    /** It changes something and answers with what it has found. */
    ACTION_INFO
  }
}
