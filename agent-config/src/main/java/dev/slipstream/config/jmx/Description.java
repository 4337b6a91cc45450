package dev.slipstream.config.jmx;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a bean, attribute, operation or parameter is, with its unit; shown by JMX clients. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
public @interface Description {
  /** One sentence. */
  String value();

  /** What a parameter is called; empty for everything else. */
  String name() default "";
}
