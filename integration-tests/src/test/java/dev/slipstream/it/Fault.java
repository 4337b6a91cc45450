package dev.slipstream.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/**
 * A method of the agent that fails at its beginning, with a link error as a server's version can.
 */
enum Fault {
  ADAPTER_ENTERED("servlet.ServletAdapter", "enter"),
  DECISION("engine.http.HttpCache", "decide"),
  BODY_KEYED("servlet.ReplayingRequest", "bodyHash"),
  FIELDS_READ("servlet.ResponseFields", "of"),
  COPY_BEGUN("engine.http.Fill", "begin"),
  COPY_GROWN("engine.http.Fill", "append"),
  COPY_RESET("engine.http.Fill", "reset"),
  COPY_GIVEN_UP("engine.http.Fill", "abandon"),
  COPY_FLUSHED("servlet.CapturingResponse", "flushCopy"),
  COPY_OF_WRITER("servlet.CopyingWriter", "newCopy"),
  ASYNC_FOLLOWED("servlet.CapturingRequest", "isCaptured"),
  EXIT("servlet.Passage", "apply"),
  FINISH("servlet.Passage", "finish"),
  STORE("engine.http.HttpCache", "store"),
  TOLD("servlet.Notice", "say"),
  READ("engine.http.ReadSet", "field"),
  BOARDED("engine.http.Flights", "board"),
  HIT_BEGUN("servlet.HitWriter", "on"),
  HIT_WRITTEN("servlet.HitWriter", "write"),
  HIT_HEAD_WRITTEN("servlet.TomcatResponse", "writeHead"),
  HIT_FIELD_WRITTEN("servlet.TomcatResponse$Lines", "add");

  /** The property with the path of a file: the method fails while that exists. */
  static final String PROPERTY = "com.example.fault";

  private static final Path FOLDER = Path.of("target", "fixture", "faults");

  private final String className;
  private final String method;

  Fault(String className, String method) {
    this.className = "dev.slipstream." + className;
    this.method = method;
  }

  /** A copy of the agent's jar with this fault. */
  Path agentJar() throws IOException {
    Files.createDirectories(FOLDER);
    Path copy = FOLDER.resolve(name() + ".jar");
    Files.copy(AgentJar.path(), copy, StandardCopyOption.REPLACE_EXISTING);
    try (FileSystem jar = FileSystems.newFileSystem(copy)) {
      Files.write(classFile(jar, className), faulty(jar));
    }
    return copy.toAbsolutePath();
  }

  private byte[] faulty(FileSystem jar) {
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            new InAgentJar(jar), ClassFileLocator.ForClassLoader.ofSystemLoader());
    TypeDescription type = TypePool.Default.of(locator).describe(className).resolve();
    if (type.getDeclaredMethods().filter(ElementMatchers.named(method)).isEmpty()) {
      throw new AssertionError("there is no " + className + "." + method);
    }
    return new ByteBuddy()
        .with(TypeValidation.DISABLED)
        .decorate(type, locator)
        .visit(Advice.to(Failure.class).on(ElementMatchers.named(method)))
        .make()
        .getBytes();
  }

  private static Path classFile(FileSystem jar, String name) {
    String folder = name.startsWith("dev.slipstream.servlet.") ? "inst/adapters/" : "inst/";
    return jar.getPath(folder + name.replace('.', '/') + ".classdata");
  }

  private static final class Failure {
    @Advice.OnMethodEnter
    static void enter() {
      if (new File(System.getProperty("com.example.fault")).exists()) {
        throw new NoSuchMethodError("fault on purpose");
      }
    }
  }

  private record InAgentJar(FileSystem jar) implements ClassFileLocator {
    @Override
    public Resolution locate(String name) throws IOException {
      Path file = classFile(jar, name);
      return Files.exists(file)
          ? new Resolution.Explicit(Files.readAllBytes(file))
          : new Resolution.Illegal(name);
    }

    @Override
    public void close() {
      // The file system is the caller's.
    }
  }
}
