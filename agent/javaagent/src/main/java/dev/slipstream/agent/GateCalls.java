package dev.slipstream.agent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Puts the calls of the gate around the body of a method that returns nothing. As source:
 *
 * <pre>{@code
 * Object[] call = null;
 * try {
 *   call = SlipstreamGate.enter(POINT, this, request, response, null);
 *   if (call != null) {
 *     request = (ServletRequest) call[FIRST];
 *     response = (ServletResponse) call[SECOND];
 *   }
 * } catch (Throwable ours) {
 * }
 * Throwable thrown = null;
 * if (call == null || call[TARGET] != null) {
 *   try { BODY } catch (Throwable t) { thrown = t; }
 * }
 * try { thrown = SlipstreamGate.exit(call, thrown); } catch (Throwable ours) { }
 * if (thrown != null) throw thrown;
 * }</pre>
 *
 * <p>What the gate itself throws is dropped: the application's code must neither see it nor end by
 * it (law 1), and what could count it is behind the gate that has failed. All that the agent does
 * is caught and counted there, by the dispatcher.
 *
 * <p>The two new local variables are above all of the method's own, so that its instructions stay
 * as they are; its frames are told of the first (JVMS §4.7.4). Written out, because the weaving of
 * a library loads 700 classes for it, in every gateway that starts.
 */
final class GateCalls extends MethodVisitor {
  static final String GATE = "java/lang/SlipstreamGate";
  private static final String CALL_TYPE = "[Ljava/lang/Object;";
  static final String ENTER_DESCRIPTOR =
      "(Ljava/lang/String;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;)"
          + CALL_TYPE;
  private static final String THROWABLE = "java/lang/Throwable";
  private static final int OUR_STACK = 5;
  private static final int COUNTING = 2;

  private final String point;
  private final List<Object> entryFrame = new ArrayList<>();
  private final Type[] replaced;
  private final int[] slots;
  private final int call;
  private final int thrown;
  private final boolean frames;
  private final Label bodyBegin = new Label();
  private final Label bodyEnd = new Label();
  private final Label enterBegin = new Label();
  private final Label enterEnd = new Label();
  private final Label enterFailed = new Label();
  private final Label leave = new Label();

  /**
   * @param owner the class that the method is in, by its internal name
   * @param point the kind of method
   * @param first the index of the first of the two parameters that count
   * @param locals how many local variables the method has
   * @param frames whether the class file has frames
   */
  GateCalls(
      MethodVisitor next,
      String owner,
      String descriptor,
      String point,
      int first,
      int locals,
      boolean frames) {
    super(Opcodes.ASM9, next);
    Type[] parameters = Type.getArgumentTypes(descriptor);
    this.point = point;
    this.replaced = Arrays.copyOfRange(parameters, first, first + COUNTING);
    this.slots = new int[COUNTING];
    this.call = locals;
    this.thrown = locals + 1;
    this.frames = frames;
    entryFrame.add(owner);
    int slot = 1;
    for (int i = 0; i < parameters.length; i++) {
      if (i >= first && i < first + COUNTING) {
        slots[i - first] = slot;
      }
      entryFrame.add(frameType(parameters[i]));
      slot += parameters[i].getSize();
    }
  }

  /** What a frame has of a type. */
  static Object frameType(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN, Type.CHAR, Type.BYTE, Type.SHORT, Type.INT -> Opcodes.INTEGER;
      case Type.FLOAT -> Opcodes.FLOAT;
      case Type.LONG -> Opcodes.LONG;
      case Type.DOUBLE -> Opcodes.DOUBLE;
      default -> type.getInternalName();
    };
  }

  @Override
  public void visitCode() {
    super.visitCode();
    super.visitInsn(Opcodes.ACONST_NULL);
    super.visitVarInsn(Opcodes.ASTORE, call);
    super.visitLabel(enterBegin);
    super.visitLdcInsn(point);
    super.visitVarInsn(Opcodes.ALOAD, 0);
    for (int i = 0; i < 3; i++) {
      if (i < slots.length) {
        super.visitVarInsn(Opcodes.ALOAD, slots[i]);
      } else {
        super.visitInsn(Opcodes.ACONST_NULL);
      }
    }
    super.visitMethodInsn(Opcodes.INVOKESTATIC, GATE, "enter", ENTER_DESCRIPTOR, false);
    super.visitVarInsn(Opcodes.ASTORE, call);
    super.visitVarInsn(Opcodes.ALOAD, call);
    super.visitJumpInsn(Opcodes.IFNULL, bodyBegin);
    for (int i = 0; i < slots.length; i++) { // all are looked at before the first is replaced
      loadFromCall(SlipstreamGate.FIRST + i);
      super.visitTypeInsn(Opcodes.CHECKCAST, replaced[i].getInternalName());
    }
    for (int i = slots.length - 1; i >= 0; i--) {
      super.visitVarInsn(Opcodes.ASTORE, slots[i]);
    }
    loadFromCall(SlipstreamGate.TARGET);
    super.visitJumpInsn(Opcodes.IFNULL, leave);
    super.visitLabel(enterEnd);
    super.visitJumpInsn(Opcodes.GOTO, bodyBegin);
    super.visitLabel(enterFailed);
    frame(entryFrame, THROWABLE);
    super.visitInsn(Opcodes.POP);
    super.visitLabel(bodyBegin);
    frame(entryFrame);
    super.visitInsn(Opcodes.NOP); // the body may begin with a frame of its own
  }

  private void loadFromCall(int slot) {
    super.visitVarInsn(Opcodes.ALOAD, call);
    super.visitIntInsn(Opcodes.BIPUSH, slot);
    super.visitInsn(Opcodes.AALOAD);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.RETURN) {
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
    super.visitVarInsn(Opcodes.ASTORE, thrown);
    Label exit = new Label();
    super.visitJumpInsn(Opcodes.GOTO, exit);
    super.visitLabel(leave);
    frame(List.of());
    super.visitInsn(Opcodes.ACONST_NULL);
    super.visitVarInsn(Opcodes.ASTORE, thrown);
    super.visitLabel(exit);
    frameWithThrown();
    super.visitVarInsn(Opcodes.ALOAD, call);
    super.visitVarInsn(Opcodes.ALOAD, thrown);
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        GATE,
        "exit",
        "(" + CALL_TYPE + "L" + THROWABLE + ";)L" + THROWABLE + ";",
        false);
    super.visitVarInsn(Opcodes.ASTORE, thrown);
    Label exitEnd = new Label();
    super.visitLabel(exitEnd);
    Label rethrow = new Label();
    super.visitJumpInsn(Opcodes.GOTO, rethrow);
    Label exitFailed = new Label();
    super.visitLabel(exitFailed);
    frameWithThrown(THROWABLE);
    super.visitInsn(Opcodes.POP);
    super.visitLabel(rethrow);
    frameWithThrown();
    super.visitVarInsn(Opcodes.ALOAD, thrown);
    Label done = new Label();
    super.visitJumpInsn(Opcodes.IFNULL, done);
    super.visitVarInsn(Opcodes.ALOAD, thrown);
    super.visitInsn(Opcodes.ATHROW);
    super.visitLabel(done);
    frameWithThrown();
    super.visitInsn(Opcodes.RETURN);
    // Behind the method's own, which come first.
    super.visitTryCatchBlock(enterBegin, enterEnd, enterFailed, THROWABLE);
    super.visitTryCatchBlock(bodyBegin, bodyEnd, bodyFailed, THROWABLE);
    super.visitTryCatchBlock(exit, exitEnd, exitFailed, THROWABLE);
    super.visitMaxs(Math.max(stack, OUR_STACK), thrown + 1);
  }

  private void frame(List<Object> locals, Object... stack) {
    if (frames) {
      visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.length, stack);
    }
  }

  private void frameWithThrown(Object... stack) {
    if (frames) {
      Object[] locals = Arrays.copyOf(withCall(List.of()), thrown + 1);
      locals[thrown] = THROWABLE;
      super.visitFrame(Opcodes.F_NEW, locals.length, locals, stack.length, stack);
    }
  }

  private Object[] withCall(List<Object> locals) {
    return filledUpTo(call, locals);
  }

  /** The local variables of a frame, filled up to the call's, and that. */
  static Object[] filledUpTo(int call, List<Object> locals) {
    List<Object> all = new ArrayList<>(locals);
    int slot = 0;
    for (Object local : locals) {
      slot += Opcodes.LONG.equals(local) || Opcodes.DOUBLE.equals(local) ? 2 : 1;
    }
    for (; slot < call; slot++) {
      all.add(Opcodes.TOP);
    }
    all.add(CALL_TYPE);
    return all.toArray();
  }
}
