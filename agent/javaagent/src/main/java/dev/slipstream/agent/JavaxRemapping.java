package dev.slipstream.agent;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/** Turns a class that was written against {@code jakarta} APIs into one for {@code javax}. */
final class JavaxRemapping {
  private JavaxRemapping() {}

  static byte[] apply(byte[] jakarta) {
    ClassWriter javax = new ClassWriter(0);
    new ClassReader(jakarta).accept(new ClassRemapper(javax, new ToJavax()), 0);
    return javax.toByteArray();
  }

  private static final class ToJavax extends Remapper {
    ToJavax() {
      super(Opcodes.ASM9);
    }

    @Override
    public String map(String internalName) {
      return internalName
          .replace("jakarta/servlet/", "javax/servlet/")
          .replace("jakarta/ws/rs/", "javax/ws/rs/")
          .replace("jakarta/annotation/", "javax/annotation/");
    }

    /**
     * Constants too: compilers inline names such as {@code RequestDispatcher.FORWARD_CONTEXT_PATH}.
     */
    @Override
    public Object mapValue(Object value) {
      if (value instanceof String text) {
        return text.replace("jakarta.servlet.", "javax.servlet.")
            .replace("jakarta.ws.rs.", "javax.ws.rs.");
      }
      return super.mapValue(value);
    }
  }
}
