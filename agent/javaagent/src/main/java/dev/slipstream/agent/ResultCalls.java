package dev.slipstream.agent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Puts the calls of the gate around the body of a method that returns something, so that its result
 * may be one that is stored. As source:
 *
 * <pre>{@code
 * Object[] call = null;
 * try {
 *   call = SlipstreamGate.enter(POINT, Owner.class, "name(descriptor)", new Object[] {ARGUMENTS}, null);
 *   if (call != null && call[TARGET] == null) return (Result) call[FIRST];
 * } catch (Throwable ours) {
 * }
 * Result result;
 * try {
 *   result = BODY
 * } catch (Throwable thrown) {
 *   try { SlipstreamGate.exit(call, thrown); } catch (Throwable ours) { }
 *   throw thrown;
 * }
 * try {
 *   if (call != null) { call[SECOND] = result; SlipstreamGate.exit(call, null); }
 * } catch (Throwable ours) { }
 * return result;
 * }</pre>
 *
 * <p>As with {@link GateCalls}, the new local variables are above all of the method's own.
 */
final class ResultCalls extends MethodVisitor {
  private static final String CALL_TYPE = "[Ljava/lang/Object;";
  private static final String OBJECT = "java/lang/Object";
  private static final String THROWABLE = "java/lang/Throwable";
  private static final String EXIT_DESCRIPTOR =
      "(" + CALL_TYPE + "L" + THROWABLE + ";)L" + THROWABLE + ";";
  private static final int OUR_STACK = 8;

  private final String owner;
  private final String member;
  private final boolean isStatic;
  private final Type[] parameters;
  private final Type result;
  private final List<Object> entryFrame = new ArrayList<>();
  private final int call;
  private final int kept;
  private final boolean frames;
  private final Label bodyBegin = new Label();
  private final Label bodyEnd = new Label();
  private final Label enterBegin = new Label();
  private final Label enterEnd = new Label();
  private final Label enterFailed = new Label();
  private final Label leave = new Label();
  private boolean returns;

  /**
   * Makes a visitor.
   *
   * @param owner the class that the method is in, by its internal name
   * @param locals how many local variables the method has
   * @param frames whether the class file has frames
   */
  ResultCalls(
      MethodVisitor next,
      String owner,
      String name,
      String descriptor,
      boolean isStatic,
      int locals,
      boolean frames) {
    super(Opcodes.ASM9, next);
    this.owner = owner;
    this.member = name + descriptor;
    this.isStatic = isStatic;
    this.parameters = Type.getArgumentTypes(descriptor);
    this.result = Type.getReturnType(descriptor);
    this.call = locals;
    this.kept = locals + 1;
    this.frames = frames;
    if (!isStatic) {
      entryFrame.add(owner);
    }
    for (Type parameter : parameters) {
      entryFrame.add(GateCalls.frameType(parameter));
    }
  }

  @Override
  public void visitCode() {
    super.visitCode();
    super.visitInsn(Opcodes.ACONST_NULL);
    super.visitVarInsn(Opcodes.ASTORE, call);
    super.visitLabel(enterBegin);
    super.visitLdcInsn(Points.CACHED);
    super.visitLdcInsn(Type.getObjectType(owner));
    super.visitLdcInsn(member);
    loadArguments();
    super.visitInsn(Opcodes.ACONST_NULL);
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC, GateCalls.GATE, "enter", GateCalls.ENTER_DESCRIPTOR, false);
    super.visitVarInsn(Opcodes.ASTORE, call);
    super.visitVarInsn(Opcodes.ALOAD, call);
    super.visitJumpInsn(Opcodes.IFNULL, bodyBegin);
    loadFromCall(SlipstreamGate.TARGET);
    super.visitJumpInsn(Opcodes.IFNONNULL, bodyBegin);
    loadFromCall(SlipstreamGate.FIRST);
    unbox();
    super.visitInsn(result.getOpcode(Opcodes.IRETURN));
    super.visitLabel(enterEnd);
    super.visitLabel(enterFailed);
    frame(entryFrame, THROWABLE);
    super.visitInsn(Opcodes.POP);
    super.visitLabel(bodyBegin);
    frame(entryFrame);
    super.visitInsn(Opcodes.NOP); // the body may begin with a frame of its own
  }

  private void loadArguments() {
    push(parameters.length);
    super.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
    int slot = isStatic ? 0 : 1;
    for (int i = 0; i < parameters.length; i++) {
      super.visitInsn(Opcodes.DUP);
      push(i);
      super.visitVarInsn(parameters[i].getOpcode(Opcodes.ILOAD), slot);
      box(parameters[i]);
      super.visitInsn(Opcodes.AASTORE);
      slot += parameters[i].getSize();
    }
  }

  private void push(int number) {
    super.visitIntInsn(Opcodes.SIPUSH, number); // a method has 255 parameters at most
  }

  private void loadFromCall(int slot) {
    super.visitVarInsn(Opcodes.ALOAD, call);
    push(slot);
    super.visitInsn(Opcodes.AALOAD);
  }

  private void box(Type type) {
    String box = boxOf(type);
    if (box != null) {
      String descriptor = "(" + type.getDescriptor() + ")L" + box + ";";
      super.visitMethodInsn(Opcodes.INVOKESTATIC, box, "valueOf", descriptor, false);
    }
  }

  private void unbox() {
    String box = boxOf(result);
    super.visitTypeInsn(Opcodes.CHECKCAST, box == null ? result.getInternalName() : box);
    if (box != null) {
      String descriptor = "()" + result.getDescriptor();
      String name = result.getClassName() + "Value";
      super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, box, name, descriptor, false);
    }
  }

  private static @Nullable String boxOf(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN -> "java/lang/Boolean";
      case Type.CHAR -> "java/lang/Character";
      case Type.BYTE -> "java/lang/Byte";
      case Type.SHORT -> "java/lang/Short";
      case Type.INT -> "java/lang/Integer";
      case Type.LONG -> "java/lang/Long";
      case Type.FLOAT -> "java/lang/Float";
      case Type.DOUBLE -> "java/lang/Double";
      default -> null;
    };
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.ARETURN) {
      returns = true;
      super.visitVarInsn(result.getOpcode(Opcodes.ISTORE), kept);
      super.visitJumpInsn(Opcodes.GOTO, leave);
    } else {
      super.visitInsn(opcode);
    }
  }

  /** Frames come expanded. */
  @Override
  public void visitFrame(int type, int count, Object[] locals, int stackSize, Object[] stack) {
    Object[] all = withCall(Arrays.asList(locals).subList(0, count));
    super.visitFrame(Opcodes.F_NEW, all.length, all, stackSize, stack);
  }

  @Override
  public void visitMaxs(int stack, int locals) {
    super.visitLabel(bodyEnd);
    Label bodyFailed = new Label();
    super.visitLabel(bodyFailed);
    frame(List.of(), THROWABLE); // any of the method's own variables may have been overwritten
    super.visitVarInsn(Opcodes.ASTORE, kept);
    Label throwBegin = new Label();
    super.visitLabel(throwBegin);
    super.visitVarInsn(Opcodes.ALOAD, call);
    super.visitVarInsn(Opcodes.ALOAD, kept);
    exit();
    Label throwEnd = new Label();
    super.visitLabel(throwEnd);
    Label rethrow = new Label();
    super.visitJumpInsn(Opcodes.GOTO, rethrow);
    Label throwFailed = new Label();
    super.visitLabel(throwFailed);
    frameWith(THROWABLE, THROWABLE);
    super.visitInsn(Opcodes.POP);
    super.visitLabel(rethrow);
    frameWith(THROWABLE);
    super.visitVarInsn(Opcodes.ALOAD, kept);
    super.visitInsn(Opcodes.ATHROW);
    Label exitBegin = new Label();
    Label exitEnd = new Label();
    Label exitFailed = new Label();
    if (returns) {
      leave(exitBegin, exitEnd, exitFailed);
    }
    // Behind the method's own, which come first.
    super.visitTryCatchBlock(enterBegin, enterEnd, enterFailed, THROWABLE);
    super.visitTryCatchBlock(bodyBegin, bodyEnd, bodyFailed, THROWABLE);
    super.visitTryCatchBlock(throwBegin, throwEnd, throwFailed, THROWABLE);
    if (returns) {
      super.visitTryCatchBlock(exitBegin, exitEnd, exitFailed, THROWABLE);
    }
    super.visitMaxs(Math.max(stack, OUR_STACK), kept + Math.max(1, result.getSize()));
  }

  private void leave(Label exitBegin, Label exitEnd, Label exitFailed) {
    Object type = GateCalls.frameType(result);
    Label done = new Label();
    super.visitLabel(leave);
    frameWith(type);
    super.visitLabel(exitBegin);
    super.visitVarInsn(Opcodes.ALOAD, call);
    super.visitJumpInsn(Opcodes.IFNULL, done);
    super.visitVarInsn(Opcodes.ALOAD, call);
    push(SlipstreamGate.SECOND);
    super.visitVarInsn(result.getOpcode(Opcodes.ILOAD), kept);
    box(result);
    super.visitInsn(Opcodes.AASTORE);
    super.visitVarInsn(Opcodes.ALOAD, call);
    super.visitInsn(Opcodes.ACONST_NULL);
    exit();
    super.visitLabel(exitEnd);
    super.visitJumpInsn(Opcodes.GOTO, done);
    super.visitLabel(exitFailed);
    frameWith(type, THROWABLE);
    super.visitInsn(Opcodes.POP);
    super.visitLabel(done);
    frameWith(type);
    super.visitVarInsn(result.getOpcode(Opcodes.ILOAD), kept);
    super.visitInsn(result.getOpcode(Opcodes.IRETURN));
  }

  private void exit() {
    super.visitMethodInsn(Opcodes.INVOKESTATIC, GateCalls.GATE, "exit", EXIT_DESCRIPTOR, false);
    super.visitInsn(Opcodes.POP);
  }

  private void frame(List<Object> locals, Object... stack) {
    if (frames) {
      visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.length, stack);
    }
  }

  private void frameWith(Object keptType, Object... stack) {
    if (frames) {
      List<Object> locals = new ArrayList<>(Arrays.asList(withCall(List.of())));
      locals.add(keptType);
      super.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.length, stack);
    }
  }

  private Object[] withCall(List<Object> locals) {
    return GateCalls.filledUpTo(call, locals);
  }
}
