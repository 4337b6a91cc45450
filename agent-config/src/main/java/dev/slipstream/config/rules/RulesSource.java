package dev.slipstream.config.rules;

import dev.slipstream.config.Problem;
import dev.slipstream.config.yaml.YamlException;
import dev.slipstream.config.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The operator's rules file, looked at again and again for changes.
 *
 * <p>Whoever polls keeps the last rules that were not rejected. For one thread at a time.
 */
public final class RulesSource {

  private final Path file;
  private boolean required;
  private Stamp stamp = Stamp.NEVER_SEEN;
  private @Nullable String text;

  /** What a file looks like from outside; a replaced file has another key. */
  private record Stamp(long size, FileTime modified, @Nullable Object key) {

    static final Stamp NEVER_SEEN = new Stamp(-1, FileTime.fromMillis(0), null);
    static final Stamp UNREADABLE = new Stamp(-2, FileTime.fromMillis(0), null);

    static Stamp of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }
  }

  /**
   * Makes a source that has not been looked at yet.
   *
   * @param required whether it is a problem when the file has never existed
   */
  public RulesSource(Path file, boolean required) {
    this.file = Objects.requireNonNull(file);
    this.required = required;
  }

  /**
   * Returns what the file has now, or null where nothing has changed since the last call.
   *
   * <p>A file that vanishes after it was there is a problem, reported once; the rules in force
   * stay.
   */
  public @Nullable ParsedRules poll() {
    Stamp before = stamp;
    try {
      stamp = Stamp.of(file);
    } catch (NoSuchFileException e) {
      stamp = Stamp.UNREADABLE;
      return before.equals(stamp) || !required ? null : rejected("the file does not exist");
    } catch (IOException | SecurityException e) {
      stamp = Stamp.UNREADABLE;
      return before.equals(stamp) ? null : rejected("the file cannot be read");
    }
    required = true;
    return stamp.equals(before) ? null : read();
  }

  /** The text that was read last; empty where none could be. */
  public String text() {
    return text == null ? "" : text;
  }

  /** Returns what the file has now, though it looks as it did; null where nothing has changed. */
  public @Nullable ParsedRules pollAnyway() {
    if (!stamp.equals(Stamp.UNREADABLE)) {
      stamp = Stamp.NEVER_SEEN;
    }
    return poll();
  }

  private @Nullable ParsedRules read() {
    String previous = text;
    try {
      text = YamlFile.read(file);
    } catch (YamlException e) {
      text = null;
      return RulesFile.rejected(e);
    }
    // Touched, but the same: nothing has changed.
    return text.equals(previous) ? null : RulesFile.parse(file.toString(), text);
  }

  private ParsedRules rejected(String what) {
    text = null;
    return ParsedRules.rejected(
        List.of(new Problem(file.toString(), what, "a readable YAML file", RulesParser.REJECTED)));
  }
}
