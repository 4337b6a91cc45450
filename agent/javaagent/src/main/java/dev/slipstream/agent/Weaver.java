package dev.slipstream.agent;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/** Weaves an entry point's class file; the only class that uses Byte Buddy to that end. */
final class Weaver {
  private Weaver() {}

  /** Weaves {@code HttpServlet}, of either name. */
  static byte[] weaveServlet(String internalName, @Nullable ClassLoader loader, byte[] bytes) {
    String name = internalName.replace('/', '.');
    String api = name.substring(0, name.length() - "http.HttpServlet".length());
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(name, bytes), ClassFileLocator.ForClassLoader.of(loader));
    TypeDescription type = TypePool.Default.of(locator).describe(name).resolve();
    return new ByteBuddy()
        .with(TypeValidation.DISABLED)
        .decorate(type, locator)
        .visit(
            Advice.to(
                    ServletAdvice.class,
                    ClassFileLocator.ForClassLoader.of(Weaver.class.getClassLoader()))
                .on(
                    ElementMatchers.named("service")
                        .and(
                            ElementMatchers.takesArguments(2)
                                .and(
                                    ElementMatchers.takesArgument(
                                        0, ElementMatchers.named(api + "ServletRequest"))))))
        .make()
        .getBytes();
  }
}
