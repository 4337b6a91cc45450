package dev.slipstream.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/**
 * The compiled application in one folder per Servlet API.
 *
 * <p>Its sources exist once, for {@code jakarta.servlet}. The other folders hold the same classes
 * with the names of the API, of Jetty's packages and, where both run in one JVM, of the application
 * itself replaced, string constants included.
 */
public final class FixtureClasses {
  static final String PACKAGE = "com.example.gateway";

  /** The package of the copy that lives in one JVM with the original. */
  static final String PACKAGE_BESIDE_JAKARTA = "com.example.legacy";

  private static final Map<String, String> TO_JAVAX =
      Map.of(
          "jakarta.servlet",
          "javax.servlet",
          "jakarta.ws.rs",
          "javax.ws.rs",
          "org.eclipse.jetty.ee10",
          "org.eclipse.jetty.ee8");

  private FixtureClasses() {}

  static Path jakarta() {
    return Jakarta.FOLDER;
  }

  static Path javax() {
    return Javax.FOLDER;
  }

  static Path javaxBesideJakarta() {
    return JavaxBesideJakarta.FOLDER;
  }

  /** The classes of one package, as compiled, written below a folder. */
  public static void writeJakarta(String packageName, Path folder) {
    write(compiled(packageName), folder, Map.of());
  }

  /** The same for the API's old names. */
  public static void writeJavax(String packageName, Path folder) {
    write(compiled(packageName), folder, TO_JAVAX);
  }

  private static final class Jakarta {
    static final Path FOLDER = write("jakarta", Map.of());
  }

  private static final class Javax {
    static final Path FOLDER = write("javax", TO_JAVAX);
  }

  private static final class JavaxBesideJakarta {
    static final Path FOLDER =
        write(
            "javax-beside-jakarta",
            Map.of(
                "jakarta.servlet",
                "javax.servlet",
                "org.eclipse.jetty.ee10",
                "org.eclipse.jetty.ee8",
                PACKAGE,
                PACKAGE_BESIDE_JAKARTA));
  }

  private static Path write(String name, Map<String, String> renamed) {
    return write(compiled(PACKAGE), Path.of("target", "fixture", name), renamed);
  }

  private static Path compiled(String packageName) {
    return Path.of("target", "test-classes").resolve(packageName.replace('.', '/'));
  }

  private static Path write(Path compiled, Path folder, Map<String, String> renamed) {
    Renaming renaming = new Renaming(renamed);
    try (Stream<Path> files = Files.list(compiled)) {
      List<Path> classes = files.filter(file -> file.toString().endsWith(".class")).toList();
      for (Path file : classes) {
        ClassReader reader = new ClassReader(Files.readAllBytes(file));
        ClassWriter writer = new ClassWriter(0);
        reader.accept(new ClassRemapper(writer, renaming), 0);
        Path target = folder.resolve(renaming.map(reader.getClassName()) + ".class");
        Files.createDirectories(target.getParent());
        Files.write(target, writer.toByteArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  /** Replaces packages in names with dots and with slashes, in code and in string constants. */
  private static final class Renaming extends Remapper {
    private final Map<String, String> packages;

    Renaming(Map<String, String> packages) {
      super(Opcodes.ASM9);
      this.packages = packages;
    }

    @Override
    public String map(String internalName) {
      return rename(internalName);
    }

    @Override
    public Object mapValue(Object value) {
      return value instanceof String text ? rename(text) : super.mapValue(value);
    }

    private String rename(String text) {
      String renamed = text;
      for (Map.Entry<String, String> entry : packages.entrySet()) {
        String from = entry.getKey();
        String to = entry.getValue();
        renamed = renamed.replace(from, to).replace(from.replace('.', '/'), to.replace('.', '/'));
      }
      return renamed;
    }
  }
}
