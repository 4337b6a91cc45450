package dev.slipstream.config.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reading of a YAML file within bounds: 1 MB, one document, 20 levels, 50 aliases. */
public final class YamlFile {

  private static final int LARGEST_FILE = 1 << 20;
  private static final int MOST_ALIASES = 50;
  private static final String READABLE = "a readable YAML file in UTF-8 of at most 1MB";
  private static final String WELL_FORMED = "one well-formed YAML document";

  private static final String WITHIN_BOUNDS = "at most 1MB with at most 50 aliases";

  private YamlFile() {}

  /** Returns the text of a file. */
  public static String read(Path file) throws YamlException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST_FILE + 1);
    } catch (NoSuchFileException e) {
      throw new YamlException(file.toString(), "the file does not exist", READABLE);
    } catch (AccessDeniedException e) {
      throw new YamlException(file.toString(), "the file may not be read", READABLE);
    } catch (IOException | SecurityException e) {
      throw new YamlException(file.toString(), "the file cannot be read", READABLE);
    }
    if (bytes.length > LARGEST_FILE) {
      throw new YamlException(file.toString(), "the file is larger than 1MB", READABLE);
    }
    return decode(file.toString(), bytes);
  }

  private static String decode(String fileName, byte[] bytes) throws YamlException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
    text.flip();
    if (result.isError()) {
      String where = position(fileName, text, text.length());
      throw new YamlException(where, "the file is not UTF-8", READABLE);
    }
    return text.toString();
  }

  /**
   * Returns the document's root, or null for an empty document.
   *
   * @param fileName the file's name in the positions of errors
   */
  public static @Nullable Node parse(String fileName, String text) throws YamlException {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(fileName)
            .setSchema(new CoreSchema()) // "~" is null
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(LARGEST_FILE)
            .setAllowNonScalarKeys(true) // so that the error is ours, with its position
            .build();
    try {
      StreamReader reader = new StreamReader(settings, text);
      ShallowParser parser = new ShallowParser(new ParserImpl(settings, reader));
      return new Composer(settings, parser).getSingleNode().orElse(null);
    } catch (NestingException e) {
      throw new YamlException(
          position(fileName, Optional.of(e.mark())), "nested too deeply", "at most 20 levels");
    } catch (MarkedYamlEngineException e) {
      String where = position(fileName, e.getProblemMark().or(e::getContextMark));
      throw new YamlException(where, "YAML syntax: " + describe(e), WELL_FORMED);
    } catch (ReaderException e) {
      String where = position(fileName, text, Math.min(e.getPosition(), text.length()));
      throw new YamlException(where, "YAML syntax: a control character", WELL_FORMED);
    } catch (YamlEngineException e) {
      throw new YamlException(fileName, "too large or too many aliases", WITHIN_BOUNDS);
    }
  }

  /** An alias may be part of a secret that lacks its quotes: it is not repeated. */
  private static String describe(MarkedYamlEngineException e) {
    String problem = e.getProblem();
    String context = e.getContext();
    String text = problem != null ? problem : context != null ? context : "not well-formed";
    return text.startsWith("found undefined alias")
        ? "an alias without an anchor (a value that begins with \"*\" needs quotes)"
        : text.strip().replace('\n', ' ');
  }

  /** Returns where a node begins, as {@code file:line:column}. */
  public static String position(String fileName, Node node) {
    return position(fileName, node.getStartMark());
  }

  private static String position(String fileName, Optional<Mark> mark) {
    return mark.map(m -> fileName + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1))
        .orElse(fileName);
  }

  private static String position(String fileName, CharSequence text, int offset) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return fileName + ":" + line + ":" + (offset - lineStart + 1);
  }
}
