package dev.slipstream.javaagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentClassLoaderTest {
  private static final String CLASS = AgentClassLoaderTest.class.getName() + "$Carried";
  private static final String TEXT = "dev/slipstream/text.txt";

  @TempDir Path folder;
  private Path jar;

  /** A class that is in the jar, too. */
  static final class Carried {}

  @BeforeEach
  void writeJar() throws IOException {
    jar = folder.resolve("agent.jar");
    String file = CLASS.replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        InputStream own = getClass().getClassLoader().getResourceAsStream(file)) {
      entries.putNextEntry(new JarEntry("inst/" + file + "data"));
      own.transferTo(entries);
      entries.putNextEntry(new JarEntry("inst/" + TEXT));
      entries.write("carried".getBytes(StandardCharsets.UTF_8));
    }
  }

  private AgentClassLoader loader() throws IOException {
    return new AgentClassLoader(jar, ClassLoader.getPlatformClassLoader());
  }

  @Test
  void open_hasClassesAndResourcesOfTheJar() throws Exception {
    try (AgentClassLoader loader = loader()) {
      assertThat(loader.loadClass(CLASS).getClassLoader()).isSameAs(loader);
      assertThat(loader.getResource(TEXT)).hasProtocol("slipstream");
      assertThat(loader.getResource(TEXT).openStream()).hasContent("carried");
      assertThat(loader.getResourceAsStream(TEXT)).hasContent("carried");
      assertThat(loader.getResource("dev/slipstream/absent")).isNull();
      assertThat(loader.getResourceAsStream("dev/slipstream/absent")).isNull();
    }
  }

  /** Exchanges that end after the agent may need a class that nobody has needed before. */
  @Test
  void closed_readsTheSameJarOnceMore() throws Exception {
    AgentClassLoader loader = loader();
    loader.close();

    assertThat(loader.loadClass(CLASS).getClassLoader()).isSameAs(loader);
    assertThat(loader.getResourceAsStream(TEXT)).hasContent("carried");
  }

  /** The code of two versions does not go together. */
  @Test
  void closed_readsNothingOfAnotherJar() throws Exception {
    AgentClassLoader loader = loader();
    loader.close();
    Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

    assertThatThrownBy(() -> loader.loadClass(CLASS)).isInstanceOf(ClassNotFoundException.class);
    assertThat(loader.getResourceAsStream(TEXT)).isNull();
  }

  @Test
  void domainOfItsClasses_leadsToNoClassLoader() throws Exception {
    try (AgentClassLoader loader = loader()) {
      assertThat(loader.loadClass(CLASS).getProtectionDomain().getClassLoader()).isNull();
      assertThat(loader.loadClass(CLASS).getProtectionDomain().getCodeSource().getLocation())
          .isEqualTo(jar.toUri().toURL());
    }
  }
}
