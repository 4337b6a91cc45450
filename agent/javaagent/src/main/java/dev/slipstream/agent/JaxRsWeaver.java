package dev.slipstream.agent;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Weaves where an implementation of JAX-RS sets an application up: what takes providers is handed
 * to the gate. Nothing is caught there, since the gate's handlers throw nothing.
 */
final class JaxRsWeaver {
  private static final String GATE = "java/lang/SlipstreamGate";
  private static final String ENTER =
      "(Ljava/lang/String;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;)"
          + "[Ljava/lang/Object;";
  private static final int OPERANDS = 6;

  private JaxRsWeaver() {}

  /** Returns the woven class; null where it has no method of that kind. */
  static byte @Nullable [] weave(String internalName, byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, 0);
    boolean[] woven = {false};
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
            boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
            MethodVisitor visitor =
                switch (internalName) {
                  case JaxRs.JERSEY ->
                      isStatic && name.equals("createRuntimeConfig") ? new Returned(next) : next;
                  case JaxRs.RESTEASY ->
                      name.equals("<init>") && descriptor.startsWith("(L") ? new Given(next) : next;
                  case JaxRs.CXF ->
                      name.equals("create")
                              && descriptor.startsWith("()")
                              && (access & Opcodes.ACC_BRIDGE) == 0
                          ? new Entered(next)
                          : next;
                  default -> next;
                };
            woven[0] |= visitor != next;
            return visitor;
          }
        },
        0);
    return woven[0] ? writer.toByteArray() : null;
  }

  /** Adds straight code without a branch: frames stay as they are. */
  private abstract static class Calling extends MethodVisitor {
    Calling(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    /** Hands a local variable over. */
    final void enter(int local) {
      super.visitLdcInsn(Points.JAX_RS);
      super.visitVarInsn(Opcodes.ALOAD, local);
      call();
    }

    /** Hands over what is on the stack beneath the point. */
    final void call() {
      for (int i = 0; i < 3; i++) {
        super.visitInsn(Opcodes.ACONST_NULL);
      }
      super.visitMethodInsn(Opcodes.INVOKESTATIC, GATE, "enter", ENTER, false);
      super.visitInsn(Opcodes.POP);
    }

    @Override
    public void visitMaxs(int stack, int locals) {
      super.visitMaxs(stack + OPERANDS, locals);
    }
  }

  /** Jersey: what the method returns. */
  private static final class Returned extends Calling {
    Returned(MethodVisitor next) {
      super(next);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.ARETURN) {
        super.visitInsn(Opcodes.DUP);
        super.visitLdcInsn(Points.JAX_RS);
        super.visitInsn(Opcodes.SWAP);
        call();
      }
      super.visitInsn(opcode);
    }
  }

  /** RESTEasy: the first parameter, once the constructor has made its object. */
  private static final class Given extends Calling {
    Given(MethodVisitor next) {
      super(next);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.RETURN) {
        enter(1);
      }
      super.visitInsn(opcode);
    }
  }

  /** CXF: the object itself, before the method does anything. */
  private static final class Entered extends Calling {
    Entered(MethodVisitor next) {
      super(next);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      enter(0);
    }
  }
}
