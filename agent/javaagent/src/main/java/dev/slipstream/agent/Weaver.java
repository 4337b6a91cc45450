package dev.slipstream.agent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Weaves the entry points of a class file, and looks at nothing but that file. */
final class Weaver {
  private static final List<String> APIS = List.of("jakarta", "javax");
  private static final int FIRST_WITH_FRAMES = 50; // Java 6
  private static final int WITHOUT_BODY_OR_THIS =
      Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_STATIC;

  private Weaver() {}

  /**
   * Weaves what of a class is an entry point: {@code Servlet.service}, {@code Filter.doFilter} and
   * {@code FilterChain.doFilter}, what {@link Points} has besides, and the methods named.
   *
   * @param named methods that get a request and, next to it, a response; empty for all that do,
   *     null for none
   * @return the woven class; null where it declares nothing of that kind
   */
  static byte @Nullable [] weave(byte[] bytes, @Nullable Set<String> named) {
    ClassReader reader = new ClassReader(bytes);
    if (EntryPointTransformer.takesProviders(reader.getClassName())) {
      return RegistrationCalls.weave(reader);
    }
    Locals locals = new Locals(named);
    reader.accept(locals, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    if (locals.byMethod.isEmpty()) {
      return null;
    }
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
            if (count == null) {
              return next;
            }
            return new GateCalls(
                next,
                reader.getClassName(),
                descriptor,
                Points.of(name, descriptor),
                firstOf(name, descriptor, named),
                count,
                frames);
          }
        },
        ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  /** The index of an entry point's request among its parameters; -1 where it is none. */
  private static int firstOf(String name, String descriptor, @Nullable Set<String> named) {
    if (!Points.of(name, descriptor).equals(Points.NAMED)) {
      return 0;
    }
    boolean wanted = named != null && (named.isEmpty() || named.contains(name));
    return wanted && descriptor.endsWith(")V") && !name.startsWith("<")
        ? requestOf(descriptor)
        : -1;
  }

  /** The index of a parameter that is a request, with a response next to it; -1 for none. */
  private static int requestOf(String descriptor) {
    Type[] parameters = Type.getArgumentTypes(descriptor);
    for (int i = 0; i + 1 < parameters.length; i++) {
      if (is(parameters[i], "ServletRequest") && is(parameters[i + 1], "ServletResponse")) {
        return i;
      }
    }
    return -1;
  }

  private static boolean is(Type type, String simpleName) {
    String name = type.getClassName();
    return APIS.stream()
        .anyMatch(
            api ->
                name.equals(api + ".servlet." + simpleName)
                    || name.equals(api + ".servlet.http.Http" + simpleName));
  }

  /** The entry points, and how many local variables each has. */
  private static final class Locals extends ClassVisitor {
    final Map<String, Integer> byMethod = new HashMap<>();
    private final @Nullable Set<String> named;

    Locals(@Nullable Set<String> named) {
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
      if ((access & WITHOUT_BODY_OR_THIS) != 0 || firstOf(name, descriptor, named) < 0) {
        return null;
      }
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMaxs(int stack, int locals) {
          byMethod.put(name + descriptor, locals);
        }
      };
    }
  }
}
