package dev.slipstream.agent;

import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Weaves an entry point's class file, and looks at nothing but that file. */
final class Weaver {
  private static final int FIRST_WITH_FRAMES = 50; // Java 6

  private Weaver() {}

  /** Weaves {@code HttpServlet}, of either name. */
  static byte[] weaveServlet(String internalName, byte[] bytes) {
    String api = internalName.substring(0, internalName.length() - "http/HttpServlet".length());
    String service = "service(L" + api + "ServletRequest;L" + api + "ServletResponse;)V";
    ClassReader reader = new ClassReader(bytes);
    Locals locals = new Locals();
    reader.accept(locals, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          private boolean frames;

          @Override
          public void visit(
              int version,
              int access,
              String name,
              @Nullable String signature,
              @Nullable String superName,
              String @Nullable [] interfaces) {
            frames = (version & 0xFFFF) >= FIRST_WITH_FRAMES;
            super.visit(version, access, name, signature, superName, interfaces);
          }

          @Override
          public MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            Integer count = locals.byMethod.get(name + descriptor);
            return count != null && service.equals(name + descriptor)
                ? new GateCalls(next, reader.getClassName(), descriptor, 0, count, frames)
                : next;
          }
        },
        ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  /** How many local variables methods have. */
  private static final class Locals extends ClassVisitor {
    final Map<String, Integer> byMethod = new HashMap<>();

    Locals() {
      super(Opcodes.ASM9);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMaxs(int stack, int locals) {
          byMethod.put(name + descriptor, locals);
        }
      };
    }
  }
}
