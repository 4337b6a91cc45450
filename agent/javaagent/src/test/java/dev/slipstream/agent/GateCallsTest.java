package dev.slipstream.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body of any shape passes the verifier and does what it did. */
class GateCallsTest {
  private static final int WITHOUT_FRAMES = Opcodes.V1_5;

  @ParameterizedTest
  @CsvSource({
    "1, '+++ 0 1 2 3 4 long 8 double 2.5 caught java.lang.IllegalStateException: 1 finally'",
    "2, '+++ 0 1 2 3 4 early'",
    "3, '+++ 0 1 2 3 4 other null finally'"
  })
  void service_withoutAndWithFrames_doesWhatItDid(int way, String said) throws Exception {
    for (int version : new int[] {WITHOUT_FRAMES, Opcodes.V17}) {
      assertThat(run(version, way)).as("class file of version " + version).isEqualTo(said);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {WITHOUT_FRAMES, Opcodes.V17})
  void service_thatThrows_throwsTheSame(int version) {
    assertThatThrownBy(() -> run(version, 4))
        .hasCauseInstanceOf(ArithmeticException.class)
        .cause()
        .hasMessage("way 4");
  }

  private static String run(int version, int way) throws Exception {
    Class<?> woven = new Woven(version).loadClass(Awkward.class.getName());
    Object servlet = woven.getDeclaredConstructor(int.class).newInstance(way);
    Method service =
        woven.getDeclaredMethod("service", ServletRequest.class, ServletResponse.class);
    service.setAccessible(true);
    service.invoke(servlet, null, null);
    return servlet.toString();
  }

  /**
   * Its loops, handlers and wide variables overlap; it overwrites its arguments, and begins with
   * what is jumped back to.
   */
  public static final class Awkward {
    private final int way;
    private final StringBuilder said = new StringBuilder();

    public Awkward(int way) {
      this.way = way;
    }

    synchronized void service(ServletRequest request, ServletResponse response) {
      do {
        said.append('+');
      } while (said.length() < 3);
      int i = 0;
      do {
        said.append(' ').append(i);
      } while (++i < 5);
      if (way == 2) {
        said.append(" early");
        return;
      }
      try {
        if (way == 4) {
          throw new ArithmeticException("way ".concat(Integer.toString(way)));
        }
        if (way == 3) {
          request = null;
          Object other = request == null ? null : this;
          said.append(" other ").append(other);
          return;
        }
        long wide = 1;
        for (long factor : new long[] {2, 4}) {
          wide *= factor;
        }
        said.append(" long ").append(wide);
        double real = wide > 1 ? 2.5 : 0;
        said.append(" double ").append(real);
        try {
          throw new IllegalStateException(Integer.toString(way));
        } catch (IllegalStateException e) {
          said.append(" caught ").append(e);
        }
      } finally {
        said.append(" finally");
      }
    }

    @Override
    public String toString() {
      return said.toString();
    }
  }

  /** Defines it woven, on a copy of the gate. */
  private static final class Woven extends ClassLoader {
    private static final String GATE = "java/lang/SlipstreamGate";
    private static final String COPY = "dev/slipstream/agent/GateCopy";

    private final int version;

    Woven(int version) {
      super(GateCallsTest.class.getClassLoader());
      this.version = version;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      String internalName = name.replace('.', '/');
      if (internalName.equals(COPY)) {
        return define(name, onCopy(bytesOf(GATE)));
      }
      if (name.equals(Awkward.class.getName())) {
        byte[] plain = asOf(version, bytesOf(internalName));
        byte[] woven = Weaver.weave(plain, null);
        assertThat(woven).hasSizeGreaterThan(plain.length);
        return define(name, onCopy(woven));
      }
      return super.loadClass(name, resolve);
    }

    private Class<?> define(String name, byte[] bytes) {
      return defineClass(name, bytes, 0, bytes.length);
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
                    String superName,
                    String[] interfaces) {
                  super.visit(version, access, name, signature, superName, interfaces);
                }

                @Override
                public void visitNestHost(String nestHost) {
                  // not known to old versions
                }

                @Override
                public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] thrown) {
                  MethodVisitor next =
                      super.visitMethod(access, name, descriptor, signature, thrown);
                  return version > WITHOUT_FRAMES
                      ? next
                      : new MethodVisitor(Opcodes.ASM9, next) {
                        @Override
                        public void visitFrame(
                            int type, int count, Object[] locals, int stackSize, Object[] stack) {
                          // has none
                        }
                      };
                }
              },
              0);
      return writer.toByteArray();
    }

    private static byte[] onCopy(byte[] bytes) {
      ClassWriter writer = new ClassWriter(0);
      ClassRemapper remapper =
          new ClassRemapper(Opcodes.ASM9, writer, new SimpleRemapper(Opcodes.ASM9, GATE, COPY)) {};
      new ClassReader(bytes).accept(remapper, 0);
      return writer.toByteArray();
    }

    private static byte[] bytesOf(String internalName) {
      try (InputStream in = ClassLoader.getSystemResourceAsStream(internalName + ".class")) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
