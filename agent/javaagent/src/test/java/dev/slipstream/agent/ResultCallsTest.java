package dev.slipstream.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body of any shape that returns something passes the verifier, and does what it did. */
class ResultCallsTest {
  private static final int WITHOUT_FRAMES = Opcodes.V1_5;

  private final List<String> entered = new ArrayList<>();
  private final List<@Nullable Object> left = new ArrayList<>();

  /** Stands for the gate, whose own handler only an agent can set. */
  public static final class StandIn {
    private static @Nullable Function<Object[], UnaryOperator<Throwable>> handler;

    private StandIn() {}

    public static Object[] enter(
        String point, Object target, Object first, Object second, Object third) {
      Object[] call = {target, first, second, third, null, point};
      UnaryOperator<Throwable> exit = handler == null ? null : handler.apply(call);
      call[SlipstreamGate.EXIT] = exit;
      return exit == null ? null : call;
    }

    public static Throwable exit(Object[] call, Throwable thrown) {
      return SlipstreamGate.exit(call, thrown);
    }
  }

  private static void handle(@Nullable Function<Object[], UnaryOperator<Throwable>> handler) {
    StandIn.handler = handler;
  }

  @AfterEach
  void close() {
    handle(null);
  }

  static Stream<Method> methods() {
    return Stream.of(Awkward.class.getDeclaredMethods()).filter(method -> !method.isSynthetic());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void method_withAndWithoutAnybodyAtTheGate_doesWhatItDid(Method method) throws Exception {
    Object plain = call(method);
    for (int version : new int[] {WITHOUT_FRAMES, Opcodes.V17}) {
      Method woven = woven(version, method);
      handle(null);
      assertThat(call(woven)).as("gate closed, version " + version).isEqualTo(plain);
      handle(this::noteAlone);
      assertThat(call(woven)).as("gate open, version " + version).isEqualTo(plain);
      handle(
          slots -> {
            throw new IllegalStateException("the agent's own");
          });
      assertThat(call(woven)).as("gate that fails, version " + version).isEqualTo(plain);
    }
    String member = method.getName() + Type.getMethodDescriptor(method);
    assertThat(entered).containsOnly(Awkward.class.getName() + " " + member).hasSize(2);
    assertThat(left).containsOnly(plain);
  }

  private UnaryOperator<Throwable> noteAlone(Object[] slots) {
    assertThat(slots[SlipstreamGate.POINT]).isEqualTo(Points.CACHED);
    entered.add(((Class<?>) slots[SlipstreamGate.TARGET]).getName() + " " + slots[1]);
    return thrown -> {
      left.add(thrown == null ? slots[SlipstreamGate.SECOND] : thrown.getClass());
      return thrown;
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {WITHOUT_FRAMES, Opcodes.V17})
  void method_thatIsAnswered_returnsTheAnswerWithoutRunning(int version) throws Exception {
    Method wide = woven(version, Awkward.class.getDeclaredMethod("wide", long.class, double.class));
    handle(slots -> answer(slots, 42L));
    assertThat(wide.invoke(instance(wide), 1L, 2.0)).isEqualTo(42L);
    handle(slots -> answer(slots, "no long"));
    assertThat(wide.invoke(instance(wide), 1L, 2.0)).as("of another type").isEqualTo(3L);
  }

  private static UnaryOperator<Throwable> answer(Object[] slots, Object answer) {
    slots[SlipstreamGate.TARGET] = null;
    slots[SlipstreamGate.FIRST] = answer;
    return UnaryOperator.identity();
  }

  @ParameterizedTest
  @ValueSource(ints = {WITHOUT_FRAMES, Opcodes.V17})
  void method_thatThrows_throwsTheSame(int version) throws Exception {
    Method failing = woven(version, Awkward.class.getDeclaredMethod("failing", String.class));
    handle(this::noteAlone);
    assertThatThrownBy(() -> failing.invoke(null, "down"))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessage("down");
    assertThat(left).containsExactly(IOException.class);
  }

  @Test
  void weave_nothingNamedOrAnnotated_isNull() throws Exception {
    assertThat(ResultWeaver.weave(bytesOf(Awkward.class), Set.of("none()V"))).isNull();
  }

  private static Object call(Method method) throws Exception {
    Object[] arguments =
        Stream.of(method.getParameterTypes()).map(ResultCallsTest::value).toArray();
    try {
      return method.invoke(instance(method), arguments);
    } catch (InvocationTargetException e) {
      return e.getCause().getClass();
    }
  }

  private static @Nullable Object value(Class<?> type) {
    if (type == String.class) {
      return "text";
    }
    if (type == long.class) {
      return 1L;
    }
    if (type == double.class) {
      return 2.0;
    }
    return type == int.class ? 7 : null;
  }

  private static Object instance(Method method) throws ReflectiveOperationException {
    var constructor = method.getDeclaringClass().getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private static Method woven(int version, Method method) throws Exception {
    byte[] plain = asOf(version, bytesOf(Awkward.class));
    byte[] woven =
        ResultWeaver.weave(plain, Set.of(method.getName() + Type.getMethodDescriptor(method)));
    assertThat(woven).isNotNull();
    byte[] onStandIn = onStandIn(woven);
    Class<?> type =
        new ClassLoader(ResultCallsTest.class.getClassLoader()) {
          Class<?> define() {
            return defineClass(Awkward.class.getName(), onStandIn, 0, onStandIn.length);
          }
        }.define();
    Method same = type.getDeclaredMethod(method.getName(), method.getParameterTypes());
    same.setAccessible(true);
    return same;
  }

  private static byte[] onStandIn(byte[] bytes) {
    ClassWriter writer = new ClassWriter(0);
    SimpleRemapper remapper =
        new SimpleRemapper(Opcodes.ASM9, GateCalls.GATE, Type.getInternalName(StandIn.class));
    new ClassReader(bytes).accept(new ClassRemapper(Opcodes.ASM9, writer, remapper) {}, 0);
    return writer.toByteArray();
  }

  private static byte[] bytesOf(Class<?> type) throws IOException {
    try (InputStream in =
        ClassLoader.getSystemResourceAsStream(type.getName().replace('.', '/') + ".class")) {
      return in.readAllBytes();
    }
  }

  private static byte[] asOf(int version, byte[] bytes) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public void visit(
                  int ignored,
                  int access,
                  String name,
                  String signature,
                  String above,
                  String[] apis) {
                super.visit(version, access, name, signature, above, apis);
              }

              @Override
              public void visitNestHost(String nestHost) {
                // not known to old versions
              }
            },
            version == WITHOUT_FRAMES ? ClassReader.SKIP_FRAMES : 0);
    return writer.toByteArray();
  }

  /** Results of every kind, of bodies whose loops, handlers and variables overlap. */
  static final class Awkward {
    Awkward() {}

    long wide(long first, double second) {
      long sum = first;
      do {
        sum += (long) second;
      } while (sum < 3);
      return sum;
    }

    static double real(double number, int times) {
      double product = 1;
      for (int i = 0; i < times; i++) {
        try {
          product *= number;
          if (i == 5) {
            return product;
          }
        } finally {
          number = number > 1 ? number : 1;
        }
      }
      return -1;
    }

    boolean flag(String text) {
      return text != null && text.length() > 2;
    }

    static char letter(String text, int ignored) {
      return text.charAt(0);
    }

    byte small() {
      return -1;
    }

    short shorter() {
      return 300;
    }

    float half(int number) {
      return number / 2f;
    }

    synchronized int[] array(int number) {
      int[] numbers = {number, number + 1};
      return Arrays.stream(numbers).sum() == 15 ? null : numbers;
    }

    String text(String text, long many) {
      Object other = text;
      while (true) {
        if (many > 3) {
          return other.toString().concat(Long.toString(many));
        }
        text = null;
        many++;
      }
    }

    static String failing(String text) throws IOException {
      throw new IOException(text);
    }

    int caught(int number) {
      try {
        return number / (number - 7);
      } catch (ArithmeticException e) {
        long wide = number;
        return (int) (wide * 2);
      }
    }
  }
}
