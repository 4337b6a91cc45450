package dev.slipstream.agent;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Puts a call of the gate where an implementation of JAX-RS sets an application up, with what takes
 * providers: what Jersey's {@code createRuntimeConfig} returns, what RESTEasy's dispatcher is made
 * with, CXF's factory itself.
 */
final class RegistrationCalls extends ClassVisitor {
  private final String type;

  private RegistrationCalls(String type, ClassVisitor next) {
    super(Opcodes.ASM9, next);
    this.type = type;
  }

  static byte[] weave(ClassReader reader) {
    // Nothing is branched to, so that frames stay as they are.
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new RegistrationCalls(reader.getClassName(), writer), 0);
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    boolean own = (access & Opcodes.ACC_BRIDGE) == 0;
    return switch (type) {
      case JaxRs.JERSEY -> name.equals("createRuntimeConfig") && own ? new Returned(next) : next;
      case JaxRs.RESTEASY ->
          name.equals("<init>") && !descriptor.startsWith("()") ? new Given(next) : next;
      default ->
          name.equals("create") && descriptor.startsWith("()") && own ? new This(next) : next;
    };
  }

  /** Calls the gate with what is on the stack. */
  private abstract static class Calling extends MethodVisitor {
    Calling(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    void callGate() {
      super.visitLdcInsn(Points.JAX_RS);
      super.visitInsn(Opcodes.SWAP);
      super.visitInsn(Opcodes.ACONST_NULL);
      super.visitInsn(Opcodes.ACONST_NULL);
      super.visitInsn(Opcodes.ACONST_NULL);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC, GateCalls.GATE, "enter", GateCalls.ENTER_DESCRIPTOR, false);
      super.visitInsn(Opcodes.POP);
    }
  }

  private static final class Returned extends Calling {
    Returned(MethodVisitor next) {
      super(next);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.ARETURN) {
        super.visitInsn(Opcodes.DUP);
        callGate();
      }
      super.visitInsn(opcode);
    }
  }

  private static final class Given extends Calling {
    Given(MethodVisitor next) {
      super(next);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.RETURN) {
        super.visitVarInsn(Opcodes.ALOAD, 1);
        callGate();
      }
      super.visitInsn(opcode);
    }
  }

  private static final class This extends Calling {
    This(MethodVisitor next) {
      super(next);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      super.visitVarInsn(Opcodes.ALOAD, 0);
      callGate();
    }
  }
}
