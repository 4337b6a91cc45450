package dev.slipstream.engine.app;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * JSON through the application's own Jackson, 3 or 2, where its class loader has one. Thread-safe.
 *
 * <p>The mapper is one of ours, made of the application's classes, as Jackson is by default with
 * the modules that it finds: no names of classes are written or read but where annotations of the
 * application's ask for them. Failures are the application's, and mean that there is no JSON.
 */
final class Json {
  private static final String JACKSON_3 = "tools.jackson.databind.json.JsonMapper";
  private static final String JACKSON_2 = "com.fasterxml.jackson.databind.ObjectMapper";

  private final @Nullable ClassLoader loader;
  private volatile @Nullable Mapper mapper;

  /** Makes what looks for Jackson when it is first needed. */
  Json(@Nullable ClassLoader loader) {
    this.loader = loader;
  }

  /** A value as JSON; null where it cannot be, or is not the same when it is read again. */
  byte @Nullable [] write(Object value, Type type) {
    if (!isDefinite(type)) {
      return null;
    }
    Mapper jackson = mapper();
    try {
      byte[] bytes = jackson.write(value);
      Object again = bytes == null ? null : jackson.read(bytes, type);
      boolean same =
          again != null
              && (Objects.deepEquals(again, value) || Arrays.equals(jackson.write(again), bytes));
      return same ? bytes : null;
    } catch (InvocationTargetException | RuntimeException | IllegalAccessException e) {
      return null;
    } catch (StackOverflowError e) {
      return null; // a cycle
    }
  }

  /** What JSON says, as that type; null where it does not fit. */
  @Nullable Object read(byte[] bytes, Type type) {
    if (!isDefinite(type)) {
      return null;
    }
    try {
      return mapper().read(bytes, type);
    } catch (InvocationTargetException | RuntimeException | IllegalAccessException e) {
      return null;
    }
  }

  /** Whether a type says what is in it: an object of any class would come back as another. */
  static boolean isDefinite(Type type) {
    if (type instanceof Class<?> plain) {
      return plain != Object.class && plain.getTypeParameters().length == 0;
    }
    if (type instanceof ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments()).allMatch(Json::isDefinite);
    }
    return type instanceof GenericArrayType array && isDefinite(array.getGenericComponentType());
  }

  private Mapper mapper() {
    Mapper made = mapper;
    if (made == null) {
      made = make();
      mapper = made;
    }
    return made;
  }

  private Mapper make() {
    for (String name : new String[] {JACKSON_3, JACKSON_2}) {
      try {
        Class<?> type = Class.forName(name, true, loader);
        return name.equals(JACKSON_3) ? Mapper.ofJackson3(type, loader) : Mapper.ofJackson2(type);
      } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
        // the other one, or none
      }
    }
    return Mapper.NONE;
  }

  /**
   * Jackson's mapper, called by reflection: it is of the application's class loader.
   *
   * @param mapper the mapper
   * @param write its {@code writeValueAsBytes}
   * @param read its {@code readValue} of bytes and a {@code JavaType}
   * @param types its factory of types
   * @param construct the factory's {@code constructType}
   */
  private record Mapper(
      @Nullable Object mapper,
      @Nullable Method write,
      @Nullable Method read,
      @Nullable Object types,
      @Nullable Method construct) {
    static final Mapper NONE = new Mapper(null, null, null, null, null);

    static Mapper ofJackson2(Class<?> type) throws ReflectiveOperationException {
      Object mapper = type.getConstructor().newInstance();
      Object modules =
          type.getMethod("findModules", ClassLoader.class).invoke(null, type.getClassLoader());
      type.getMethod("registerModules", Iterable.class).invoke(mapper, modules);
      return of(type, mapper);
    }

    static Mapper ofJackson3(Class<?> type, @Nullable ClassLoader loader)
        throws ReflectiveOperationException {
      Object builder = type.getMethod("builder").invoke(null);
      Class<?> builderType = type.getMethod("builder").getReturnType();
      Object modules = builderType.getMethod("findModules", ClassLoader.class).invoke(null, loader);
      builderType.getMethod("addModules", Iterable.class).invoke(builder, modules);
      return of(type, builderType.getMethod("build").invoke(builder));
    }

    private static Mapper of(Class<?> type, Object mapper) throws ReflectiveOperationException {
      Object types = type.getMethod("getTypeFactory").invoke(mapper);
      Method construct = types.getClass().getMethod("constructType", Type.class);
      return new Mapper(
          mapper,
          type.getMethod("writeValueAsBytes", Object.class),
          type.getMethod("readValue", byte[].class, construct.getReturnType()),
          types,
          construct);
    }

    byte @Nullable [] write(Object value) throws InvocationTargetException, IllegalAccessException {
      return write == null ? null : (byte[]) write.invoke(mapper, value);
    }

    @Nullable Object read(byte[] bytes, Type type)
        throws InvocationTargetException, IllegalAccessException {
      return read == null || construct == null
          ? null
          : read.invoke(mapper, bytes, construct.invoke(types, type));
    }
  }
}
