package dev.slipstream.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import net.bytebuddy.utility.OpenedClassReader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeaverTest {
  private static final String GATE = "java/lang/SlipstreamGate";

  @ParameterizedTest
  @ValueSource(strings = {"jakarta", "javax"})
  void weave_changesTheEntryPointAlone(String api) throws IOException {
    byte[] plain = httpServlet(api);
    byte[] woven = Weaver.weave(plain, null);

    Map<String, List<String>> before = methods(plain);
    Map<String, List<String>> after = methods(woven);
    Set<String> changed =
        after.keySet().stream()
            .filter(method -> !after.get(method).equals(before.get(method)))
            .collect(Collectors.toSet());

    String entryPoint =
        "service(L%1$s/servlet/ServletRequest;L%1$s/servlet/ServletResponse;)V"
            .replace("%1$s", api);
    assertThat(after).containsOnlyKeys(before.keySet());
    assertThat(changed).containsExactly(entryPoint);
    assertThat(after.get(entryPoint)).contains(GATE + ".enter", GATE + ".exit");
    assertThat(before.values()).noneMatch(calls -> calls.contains(GATE + ".enter"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jakarta", "javax"})
  void weave_knowsOfUsOnlyTheGate(String api) throws IOException {
    byte[] woven = Weaver.weave(httpServlet(api), null);

    assertThat(methods(woven).values().stream().flatMap(List::stream))
        .noneMatch(instruction -> instruction.contains("slipstream/"));
  }

  @Test
  void weave_fieldsAndSuperclass_areTheSame() throws IOException {
    ClassReader plain = new ClassReader(httpServlet("jakarta"));
    ClassReader woven = new ClassReader(Weaver.weave(httpServlet("jakarta"), null));

    assertThat(woven.getSuperName()).isEqualTo(plain.getSuperName());
    assertThat(woven.getInterfaces()).isEqualTo(plain.getInterfaces());
    assertThat(woven.getAccess()).isEqualTo(plain.getAccess());
  }

  @Test
  void weave_bytesThatAreNoClass_throws() {
    assertThatThrownBy(() -> Weaver.weave(new byte[] {1, 2, 3}, null))
        .isInstanceOf(RuntimeException.class);
  }

  /** A servlet that is woven in a loader of its own, on a copy of the gate there. */
  @Nested
  class Woven {
    private final ClassLoader loader = new WovenLoader();
    private final Servlet servlet = servlet();
    private final HttpServletRequest request = fake(HttpServletRequest.class);
    private final HttpServletResponse response = fake(HttpServletResponse.class);

    @Test
    void service_gateClosed_isAsBefore() throws Exception {
      servlet.service(request, response);

      assertThat(served()).containsExactly(request, response);
    }

    @Test
    void service_handlerThatWantsNothing_isAsBefore() throws Exception {
      List<Object[]> calls = new ArrayList<>();
      handle(
          call -> {
            calls.add(call.clone());
            return null;
          });
      servlet.service(request, response);

      assertThat(calls).hasSize(1);
      assertThat(calls.get(0)).containsExactly(servlet, request, response, null, null, "servlet");
      assertThat(served()).containsExactly(request, response);
    }

    @Test
    void service_handlerThatReplaces_givesTheBodyOthers() throws Exception {
      HttpServletRequest otherRequest = fake(HttpServletRequest.class);
      HttpServletResponse otherResponse = fake(HttpServletResponse.class);
      List<Throwable> left = new ArrayList<>();
      handle(
          call -> {
            call[SlipstreamGate.FIRST] = otherRequest;
            call[SlipstreamGate.SECOND] = otherResponse;
            return thrown -> {
              left.add(thrown);
              return thrown;
            };
          });
      servlet.service(request, response);

      assertThat(served()).containsExactly(otherRequest, otherResponse);
      assertThat(left).hasSize(1).containsOnlyNulls();
    }

    @Test
    void service_handlerThatAnswers_skipsTheBody() throws Exception {
      handle(
          call -> {
            call[SlipstreamGate.TARGET] = null;
            return UnaryOperator.identity();
          });
      servlet.service(request, response);

      assertThat(served()).isEmpty();
    }

    @Test
    void service_handlerThatAnswersAndFails_throwsThat() {
      IOException clientGone = new IOException("the client is gone");
      handle(
          call -> {
            call[SlipstreamGate.TARGET] = null;
            return thrown -> clientGone;
          });

      assertThatThrownBy(() -> servlet.service(request, response)).isSameAs(clientGone);
      assertThat(served()).isEmpty();
    }

    @Test
    void service_bodyThatThrows_throwsTheSameUnlessTheHandlerChangesIt() {
      HttpServletRequest failing = failing();
      List<Throwable> left = new ArrayList<>();
      handle(
          call ->
              thrown -> {
                left.add(thrown);
                return thrown;
              });

      assertThatThrownBy(() -> servlet.service(failing, response))
          .isInstanceOf(ServletException.class)
          .hasMessage("the application's")
          .satisfies(thrown -> assertThat(left).containsExactly(thrown));

      handle(call -> thrown -> null);
      assertThatCode(() -> servlet.service(failing, response)).doesNotThrowAnyException();
    }

    /** Law 1, at the last line: even a handler that throws leaves the call as it was. */
    @Test
    void service_handlerThatThrows_isAsBefore() throws Exception {
      handle(
          call -> {
            throw new IllegalStateException("ours");
          });
      servlet.service(request, response);
      assertThat(served()).containsExactly(request, response);

      handle(
          call ->
              thrown -> {
                throw new IllegalStateException("ours");
              });
      servlet.service(request, response);
      assertThat(served()).containsExactly(request, response, request, response);
      assertThatThrownBy(() -> servlet.service(failing(), response))
          .isInstanceOf(ServletException.class)
          .hasMessage("the application's");
    }

    private HttpServletRequest failing() {
      return (HttpServletRequest)
          Proxy.newProxyInstance(
              WeaverTest.class.getClassLoader(),
              new Class<?>[] {HttpServletRequest.class},
              (proxy, method, arguments) ->
                  method.getName().equals("getAttribute") ? "anything" : null);
    }

    private Servlet servlet() {
      try {
        return (Servlet)
            loader
                .loadClass(RecordingServlet.class.getName())
                .getDeclaredConstructor()
                .newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    @SuppressWarnings("unchecked")
    private List<Object> served() {
      return ((Supplier<List<Object>>) servlet).get();
    }

    private void handle(Function<Object[], UnaryOperator<Throwable>> handler) {
      try {
        Field field = loader.loadClass(WovenLoader.COPIED_GATE).getDeclaredField("handler");
        field.setAccessible(true);
        field.set(null, handler);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Notes what its body is given. */
  public static final class RecordingServlet extends HttpServlet implements Supplier<List<Object>> {
    private final transient List<Object> served = new ArrayList<>();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      if (request.getAttribute("fail") != null) {
        throw new ServletException("the application's");
      }
      served.add(request);
      served.add(response);
    }

    @Override
    public List<Object> get() {
      return served;
    }
  }

  /** Defines a woven HttpServlet, and the servlet of the tests on top of it. */
  private static final class WovenLoader extends ClassLoader {
    static final String COPIED_GATE = "dev.slipstream.agent.CopiedGate";

    private final Map<String, byte[]> own = new HashMap<>();

    WovenLoader() {
      super(WeaverTest.class.getClassLoader());
      try {
        byte[] woven = Weaver.weave(httpServlet("jakarta"), null);
        own.put("jakarta.servlet.http.HttpServlet", copiedGate(woven));
        own.put(COPIED_GATE, copiedGate(bytesOf(GATE)));
        String recording = RecordingServlet.class.getName();
        own.put(recording, bytesOf(recording.replace('.', '/')));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      byte[] bytes = own.remove(name);
      if (bytes != null) {
        return defineClass(name, bytes, 0, bytes.length);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? super.loadClass(name, resolve) : loaded;
    }

    private static byte[] copiedGate(byte[] bytes) {
      ClassWriter writer = new ClassWriter(0);
      new ClassReader(bytes)
          .accept(
              new ClassRemapper(
                  OpenedClassReader.ASM_API,
                  writer,
                  new SimpleRemapper(
                      OpenedClassReader.ASM_API, Map.of(GATE, COPIED_GATE.replace('.', '/')))) {},
              0);
      return writer.toByteArray();
    }
  }

  /** The API's class; under its old name it is the new one remapped. */
  private static byte[] httpServlet(String api) throws IOException {
    byte[] jakarta = bytesOf("jakarta/servlet/http/HttpServlet");
    return api.equals("jakarta") ? jakarta : JavaxRemapping.apply(jakarta);
  }

  private static byte[] bytesOf(String internalName) throws IOException {
    try (InputStream in = ClassLoader.getSystemResourceAsStream(internalName + ".class")) {
      return in.readAllBytes();
    }
  }

  private static <T> T fake(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            WeaverTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "toString" -> "a " + type.getSimpleName();
                  default -> null;
                }));
  }

  /** Each method's instructions, in words. */
  private static Map<String, List<String>> methods(byte[] bytes) {
    Map<String, List<String>> methods = new HashMap<>();
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(OpenedClassReader.ASM_API) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                List<String> instructions = new ArrayList<>();
                instructions.add("access " + access);
                methods.put(name + descriptor, instructions);
                return new Recorder(instructions);
              }
            },
            0);
    return methods;
  }

  private static final class Recorder extends MethodVisitor {
    private final List<String> instructions;

    Recorder(List<String> instructions) {
      super(OpenedClassReader.ASM_API);
      this.instructions = instructions;
    }

    @Override
    public void visitInsn(int opcode) {
      instructions.add(String.valueOf(opcode));
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      instructions.add(opcode + " " + operand);
    }

    @Override
    public void visitVarInsn(int opcode, int index) {
      instructions.add(opcode + " " + index);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      instructions.add(opcode + " " + type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      instructions.add(owner + "." + name);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      instructions.add(owner + "." + name);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      instructions.add(name + descriptor);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      instructions.add(opcode + " jump");
    }

    @Override
    public void visitLdcInsn(Object value) {
      instructions.add("constant " + value);
    }

    @Override
    public void visitIincInsn(int index, int increment) {
      instructions.add(index + " + " + increment);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
      instructions.add("catch " + type);
    }
  }
}
