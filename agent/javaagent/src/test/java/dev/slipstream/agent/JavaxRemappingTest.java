package dev.slipstream.agent;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.junit.jupiter.api.Test;

class JavaxRemappingTest {

  /** A class with all that an adapter has: names, descriptors, signatures and constants. */
  static class Adapter extends HttpServletRequestWrapper {
    static final String CONSTANT = "jakarta.servlet.request.X509Certificate";
    final List<HttpServletRequest> requests = new ArrayList<>();

    Adapter(HttpServletRequest request) {
      super(request);
    }

    Object forwarded() throws ServletException {
      Object path = getAttribute(RequestDispatcher.FORWARD_CONTEXT_PATH); // inlined
      return path == null ? supplier().get() : "jakarta.ws.rs.core.Response";
    }

    Supplier<HttpServletRequest> supplier() {
      return () -> requests.get(0);
    }

    String others() {
      return "jakarta.persistence.Entity, jakarta/servlet/x, javax.servlet.y";
    }
  }

  @Test
  void apply_namesDescriptorsAndSignatures() throws Exception {
    byte[] remapped = JavaxRemapping.apply(bytesOf(Adapter.class));
    List<String> seen = new ArrayList<>();
    new ClassReader(remapped)
        .accept(
            new ClassVisitor(OpenedClassReader.ASM_API) {
              @Override
              public void visit(
                  int version,
                  int access,
                  String name,
                  String signature,
                  String superName,
                  String[] interfaces) {
                seen.add("class " + name + " extends " + superName);
              }

              @Override
              public FieldVisitor visitField(
                  int access, String name, String descriptor, String signature, Object value) {
                seen.add(name + " " + descriptor + " " + signature + " " + value);
                return null;
              }

              @Override
              public MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  String signature,
                  String[] exceptions) {
                if ((access & Opcodes.ACC_SYNTHETIC) == 0) {
                  seen.add(
                      name
                          + descriptor
                          + (signature == null ? "" : " " + signature)
                          + (exceptions == null ? "" : " throws " + String.join(",", exceptions)));
                }
                return null;
              }
            },
            0);

    assertThat(seen)
        .containsExactlyInAnyOrder(
            "class dev/slipstream/agent/JavaxRemappingTest$Adapter"
                + " extends javax/servlet/http/HttpServletRequestWrapper",
            "CONSTANT Ljava/lang/String; null javax.servlet.request.X509Certificate",
            "requests Ljava/util/List; Ljava/util/List<Ljavax/servlet/http/HttpServletRequest;>;"
                + " null",
            "<init>(Ljavax/servlet/http/HttpServletRequest;)V",
            "forwarded()Ljava/lang/Object; throws javax/servlet/ServletException",
            "supplier()Ljava/util/function/Supplier;"
                + " ()Ljava/util/function/Supplier<Ljavax/servlet/http/HttpServletRequest;>;",
            "others()Ljava/lang/String;");
  }

  @Test
  void apply_leavesNoJakartaNameOfTheApis() throws Exception {
    String before = text(bytesOf(Adapter.class));
    String after = text(JavaxRemapping.apply(bytesOf(Adapter.class)));

    assertThat(before).contains("jakarta/servlet/http/", "jakarta.servlet.forward.context_path");
    assertThat(after)
        .contains("javax.servlet.forward.context_path", "javax.ws.rs.core.Response")
        .contains("javax/servlet/http/HttpServletRequestWrapper")
        .doesNotContain("jakarta/servlet/http", "jakarta.servlet.", "jakarta.ws.rs");
  }

  @Test
  void apply_otherTexts_areLeftAlone() throws Exception {
    assertThat(text(JavaxRemapping.apply(bytesOf(Adapter.class))))
        .contains("jakarta.persistence.Entity, jakarta/servlet/x, javax.servlet.y");
  }

  @Test
  void apply_classWithoutTheApis_isTheSame() throws Exception {
    byte[] before = bytesOf(Supplier.class);

    assertThat(methods(JavaxRemapping.apply(before))).isEqualTo(methods(before)).isNotEmpty();
  }

  private static List<String> methods(byte[] bytes) {
    List<String> methods = new ArrayList<>();
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(OpenedClassReader.ASM_API) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                methods.add(access + " " + name + descriptor + signature);
                return null;
              }
            },
            0);
    return methods;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytesOf(Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream in = ClassLoader.getSystemResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }
}
