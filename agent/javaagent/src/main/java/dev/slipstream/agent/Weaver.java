package dev.slipstream.agent;

import java.util.List;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/** Weaves the entry points of a class file; the only class that uses Byte Buddy to that end. */
final class Weaver {
  private static final List<String> APIS = List.of("jakarta", "javax");
  private static final ClassFileLocator ADVICE =
      ClassFileLocator.ForClassLoader.of(Weaver.class.getClassLoader());

  private Weaver() {}

  /**
   * Weaves what of a class is an entry point: {@code Servlet.service}, {@code Filter.doFilter} with
   * {@code FilterChain.doFilter}, and the methods named.
   *
   * @param named methods that get a request and, next to it, a response; empty for all that do,
   *     null for none
   * @return the woven class; null where it declares nothing of that kind
   */
  static byte @Nullable [] weave(
      String internalName,
      @Nullable ClassLoader loader,
      byte[] bytes,
      @Nullable Set<String> named) {
    String name = internalName.replace('/', '.');
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(name, bytes), ClassFileLocator.ForClassLoader.of(loader));
    TypeDescription type = TypePool.Default.of(locator).describe(name).resolve();
    DynamicType.Builder<?> builder =
        new ByteBuddy().with(TypeValidation.DISABLED).decorate(type, locator);
    boolean matched = false;
    for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
      Advice advice = adviceFor(method, named);
      if (advice != null) {
        matched = true;
        builder = builder.visit(advice.on(ElementMatchers.is(method)));
      }
    }
    return matched ? builder.make().getBytes() : null;
  }

  private static @Nullable Advice adviceFor(
      MethodDescription.InDefinedShape method, @Nullable Set<String> named) {
    if (method.isAbstract() || method.isStatic() || method.isNative() || !method.isMethod()) {
      return null;
    }
    for (String api : APIS) {
      if (method.getName().equals("service")
          && method.getDescriptor().equals(EntryMethods.service(api))) {
        return servletAdvice(0);
      }
      if (method.getName().equals("doFilter")
          && method.getDescriptor().equals(EntryMethods.service(api))) {
        return Advice.to(ChainAdvice.class, ADVICE);
      }
      if (method.getName().equals("doFilter")
          && method.getDescriptor().equals(EntryMethods.doFilter(api))) {
        return Advice.to(FilterAdvice.class, ADVICE);
      }
    }
    boolean wanted = named != null && (named.isEmpty() || named.contains(method.getName()));
    int request = wanted && method.getReturnType().represents(void.class) ? requestOf(method) : -1;
    return request < 0 ? null : servletAdvice(request);
  }

  /** The index of a parameter that is a request, with a response next to it; -1 for none. */
  private static int requestOf(MethodDescription method) {
    var parameters = method.getParameters();
    for (int i = 0; i + 1 < parameters.size(); i++) {
      if (is(parameters.get(i), "ServletRequest") && is(parameters.get(i + 1), "ServletResponse")) {
        return i;
      }
    }
    return -1;
  }

  private static boolean is(ParameterDescription parameter, String simpleName) {
    String type = parameter.getType().asErasure().getName();
    return APIS.stream()
        .anyMatch(
            api ->
                type.equals(api + ".servlet." + simpleName)
                    || type.equals(api + ".servlet.http.Http" + simpleName));
  }

  private static Advice servletAdvice(int request) {
    return Advice.withCustomMapping()
        .bind(argument(ServletAdvice.Request.class, request))
        .bind(argument(ServletAdvice.Response.class, request + 1))
        .to(ServletAdvice.class, ADVICE);
  }

  private static <T extends java.lang.annotation.Annotation>
      Advice.OffsetMapping.Factory<T> argument(Class<T> marker, int index) {
    return new Advice.OffsetMapping.Factory<>() {
      @Override
      public Class<T> getAnnotationType() {
        return marker;
      }

      @Override
      public Advice.OffsetMapping make(
          ParameterDescription.InDefinedShape target,
          net.bytebuddy.description.annotation.AnnotationDescription.Loadable<T> annotation,
          AdviceType adviceType) {
        return new Advice.OffsetMapping.ForArgument.Unresolved(
            TypeDescription.Generic.OfNonGenericType.ForLoadedType.of(Object.class),
            false,
            Assigner.Typing.DYNAMIC,
            index);
      }
    };
  }
}
