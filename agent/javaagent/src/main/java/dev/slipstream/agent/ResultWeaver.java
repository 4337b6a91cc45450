package dev.slipstream.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the methods of a class whose results are cached: those with {@code @Cached}, and those
 * that are named. Looks at nothing but the class file.
 */
final class ResultWeaver {
  /** The annotation, by its descriptor. */
  static final String ANNOTATION = "Ldev/slipstream/api/Cached;";

  private static final int FIRST_WITH_CLASS_CONSTANTS = 49; // Java 5
  private static final int FIRST_WITH_FRAMES = 50; // Java 6
  private static final int WITHOUT_BODY = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;
  private static final int COMPILERS_OWN = Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC;

  private ResultWeaver() {}

  /**
   * Weaves.
   *
   * @param named what names with descriptors of methods begin with, beside the annotation
   * @return the woven class; null where it has no such method that can be woven
   */
  static byte @Nullable [] weave(byte[] bytes, Set<String> named) {
    ClassReader reader = new ClassReader(bytes);
    int version = reader.readUnsignedShort(6);
    Locals locals = new Locals(named);
    reader.accept(locals, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    if (locals.byMethod.isEmpty() || version < FIRST_WITH_CLASS_CONSTANTS) {
      return null;
    }
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            Integer count = locals.byMethod.get(name + descriptor);
            return count == null
                ? next
                : new ResultCalls(
                    next,
                    reader.getClassName(),
                    name,
                    descriptor,
                    (access & Opcodes.ACC_STATIC) != 0,
                    count,
                    version >= FIRST_WITH_FRAMES);
          }
        },
        ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  /** The methods to be woven, and how many local variables each has. */
  private static final class Locals extends ClassVisitor {
    final Map<String, Integer> byMethod = new HashMap<>();
    private final Set<String> named;

    Locals(Set<String> named) {
      super(Opcodes.ASM9);
      this.named = named;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      String method = name + descriptor;
      if ((access & (WITHOUT_BODY | COMPILERS_OWN)) != 0
          || name.startsWith("<")
          || Type.getReturnType(descriptor).getSort() == Type.VOID) {
        return null;
      }
      return new MethodVisitor(Opcodes.ASM9) {
        private boolean wanted = named.stream().anyMatch(method::startsWith);

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
          wanted |= type.equals(ANNOTATION);
          return null;
        }

        @Override
        public void visitMaxs(int stack, int locals) {
          if (wanted) {
            byMethod.put(method, locals);
          }
        }
      };
    }
  }
}
