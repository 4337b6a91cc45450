package dev.slipstream.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/application-cache.md compile. */
class DocumentationTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "application-cache.md");

  /** What the examples leave out. */
  private static final String REST =
      """
      class User {}
      class Result {}
      enum Order {}
      class BackendException extends Exception {}
      """;

  private static final String REST_OF_METHODS =
      """
      User load(String id) throws BackendException { return new User(); }
      void store(String id, String name) throws BackendException {}
      }
      """;

  @TempDir private Path folder;

  @Test
  void examples_compile() throws Exception {
    List<String> examples =
        Pattern.compile("(?s)```java\n(.*?)```")
            .matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertThat(examples).hasSize(2);
    for (String example : examples) {
      String whole = example.replace("{ … }", "{ return null; }").stripTrailing();
      compile(whole.substring(0, whole.length() - 1) + REST_OF_METHODS + REST);
    }
  }

  private void compile(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    SimpleJavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///Example.java"), SimpleJavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options =
        List.of(
            "-d", folder.toString(), "-cp", "target/classes", "-Xlint:all,-serial", "-proc:none");
    boolean compiled = compiler.getTask(said, null, null, options, null, List.of(file)).call();
    assertThat(said.toString()).isEmpty();
    assertThat(compiled).isTrue();
  }
}
