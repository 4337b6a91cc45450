package dev.slipstream.it.jaxrs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/** The compiled application, in one folder for each of the two names of JAX-RS. */
final class RestClasses {
  static final String MAIN = "com.example.rest.RestMain";

  private static final Path COMPILED = Path.of("target", "test-classes", "com", "example", "rest");

  private RestClasses() {}

  static Path jakarta() {
    return Jakarta.FOLDER;
  }

  static Path javax() {
    return Javax.FOLDER;
  }

  private static final class Jakarta {
    static final Path FOLDER = write("jakarta");
  }

  private static final class Javax {
    static final Path FOLDER = write("javax");
  }

  private static Path write(String api) {
    Path folder = Path.of("target", "fixture", "rest-" + api);
    Remapper renaming =
        new Remapper(Opcodes.ASM9) {
          @Override
          public String map(String internalName) {
            return internalName
                .replace("jakarta/ws/rs/", api + "/ws/rs/")
                .replace("jakarta/annotation/", api + "/annotation/");
          }
        };
    try (Stream<Path> files = Files.list(COMPILED)) {
      List<Path> classes = files.filter(file -> file.toString().endsWith(".class")).toList();
      for (Path file : classes) {
        ClassReader reader = new ClassReader(Files.readAllBytes(file));
        ClassWriter writer = new ClassWriter(0);
        reader.accept(new ClassRemapper(writer, renaming), 0);
        Path target = folder.resolve(reader.getClassName() + ".class");
        Files.createDirectories(target.getParent());
        Files.write(target, writer.toByteArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }
}
