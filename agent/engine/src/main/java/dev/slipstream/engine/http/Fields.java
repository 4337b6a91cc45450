package dev.slipstream.engine.http;

import dev.slipstream.engine.cache.HeapBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Header fields of one message: immutable, in order, names compared without case (RFC 9110 §5).
 *
 * <p>Names and values alternate in one array, which costs a third of what a map of lists does and
 * is what both key computation and a hit walk through.
 */
public final class Fields implements FieldReader {
  /** No fields at all. */
  public static final Fields EMPTY = new Fields(new String[0]);

  private static final int LONGEST_COMMON = 100;
  private static final int LINES_NOTED = 30;
  private static final int PRINTABLE = 1 << LINES_NOTED;
  private static final int NOTED = 1 << 31;

  private static final TextMemo<String> LOWER_CASE =
      new TextMemo<>(LONGEST_COMMON, name -> name.toLowerCase(Locale.ROOT));

  private final String[] namesAndValues;
  private int notes; // see notes(); 0 before they are made

  // Written and read without care: what is lost is made anew. None before the first is asked for.
  private @Nullable Forms forms;

  private Fields(String[] namesAndValues) {
    this.namesAndValues = namesAndValues;
  }

  /** Fields from alternating names and values. */
  public static Fields of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value: " + namesAndValues.length);
    }
    return namesAndValues.length == 0 ? EMPTY : new Fields(namesAndValues.clone());
  }

  /** Begins a new set of fields. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether a text can be the name of a field: a token (RFC 9110 §5.6.2). */
  static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  @Override
  public @Nullable String field(String name) {
    return first(name);
  }

  /** The first value of a field, or null. */
  public @Nullable String first(String name) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i].equalsIgnoreCase(name)) {
        return namesAndValues[i + 1];
      }
    }
    return null;
  }

  @Override
  public List<String> all(String name) {
    List<String> values = null;
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i].equalsIgnoreCase(name)) {
        if (values == null) {
          values = new ArrayList<>(2);
        }
        values.add(namesAndValues[i + 1]);
      }
    }
    return values == null ? List.of() : values;
  }

  /** Every value of a field as one, separated by a comma (RFC 9110 §5.3), or null if absent. */
  public @Nullable String combined(String name) {
    List<String> values = all(name);
    return switch (values.size()) {
      case 0 -> null;
      case 1 -> values.get(0);
      default -> String.join(", ", values);
    };
  }

  /** Whether a field is present. */
  public boolean contains(String name) {
    return first(name) != null;
  }

  /** Calls {@code action} with each name and value, in order. */
  public void forEach(BiConsumer<? super String, ? super String> action) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      action.accept(namesAndValues[i], namesAndValues[i + 1]);
    }
  }

  /** Takes the lines one by one. */
  public interface Lines {
    /**
     * A line.
     *
     * @param again whether one of the same name came before
     */
    void take(String name, String value, boolean again);
  }

  /** Gives each line, in order. */
  public void forEachLine(Lines lines) {
    int notes = notes();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      int line = i / 2;
      boolean again =
          line < LINES_NOTED ? (notes & 1 << line) != 0 : cameBefore(namesAndValues[i], i);
      lines.take(namesAndValues[i], namesAndValues[i + 1], again);
    }
  }

  /** Whether all names and values are of printable ASCII, blanks and tabs. */
  public boolean isPrintable() {
    return (notes() & PRINTABLE) != 0;
  }

  /** The characters of all names and values. */
  public int textLength() {
    int length = 0;
    for (String text : namesAndValues) {
      length += text.length();
    }
    return length;
  }

  /**
   * Which of the first lines repeat a name, a bit each, and whether all is printable; made once,
   * since it is so for good.
   */
  private int notes() {
    int known = notes;
    if (known == 0) {
      known = NOTED;
      for (int line = 1; line < Math.min(LINES_NOTED, size()); line++) {
        if (cameBefore(namesAndValues[2 * line], 2 * line)) {
          known |= 1 << line;
        }
      }
      if (Arrays.stream(namesAndValues).allMatch(Fields::isPrintable)) {
        known |= PRINTABLE;
      }
      notes = known;
    }
    return known;
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        return false;
      }
    }
    return true;
  }

  private boolean cameBefore(String name, int end) {
    for (int i = 0; i < end; i += 2) {
      if (namesAndValues[i].equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** These fields less those whose lower-case name is dropped. */
  public Fields without(Predicate<String> dropped) {
    String[] kept = new String[namesAndValues.length];
    int count = 0;
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (!dropped.test(LOWER_CASE.of(namesAndValues[i]))) {
        kept[count++] = namesAndValues[i];
        kept[count++] = namesAndValues[i + 1];
      }
    }
    if (count == kept.length) {
      return this;
    }
    return count == 0 ? EMPTY : new Fields(Arrays.copyOf(kept, count));
  }

  /** These fields without the last line of this name and value. */
  public Fields withoutLast(String name, String value) {
    for (int last = namesAndValues.length - 2; last >= 0; last -= 2) {
      if (namesAndValues[last].equalsIgnoreCase(name) && namesAndValues[last + 1].equals(value)) {
        String[] kept = Arrays.copyOf(namesAndValues, namesAndValues.length - 2);
        System.arraycopy(namesAndValues, last + 2, kept, last, kept.length - last);
        return kept.length == 0 ? EMPTY : new Fields(kept);
      }
    }
    return this;
  }

  /** The same, of texts that other fields have as well where they are short. */
  Fields sharing(Common<String> common) {
    String[] shared = new String[namesAndValues.length];
    for (int i = 0; i < shared.length; i++) {
      String text = namesAndValues[i];
      shared[i] = text.length() > LONGEST_COMMON ? text : common.of(text);
    }
    return shared.length == 0 ? EMPTY : new Fields(shared);
  }

  /** These fields with others in place of those of the same names. */
  public Fields replacedBy(Fields others) {
    Builder all = builder();
    forEach(
        (name, value) -> {
          if (!others.contains(name)) {
            all.add(name, value);
          }
        });
    others.forEach(all::add);
    return all.build();
  }

  /** Forms of these fields, each made when it is asked for first. */
  private static final class Forms {
    private @Nullable Fields besideGzip;
    private @Nullable Fields inGzip;
    private @Nullable Fields notModified;
  }

  private Forms forms() {
    Forms known = forms;
    if (known == null) {
      known = new Forms();
      forms = known;
    }
    return known;
  }

  /** As they are sent with a body that is as it was made, and may be sent in gzip. */
  Fields besideGzip() {
    Forms known = forms();
    Fields form = known.besideGzip;
    if (form == null) {
      form = GzipVariant.fields(this, false);
      known.besideGzip = form;
    }
    return form;
  }

  /** As they are sent with the body in gzip. */
  Fields inGzip() {
    Forms known = forms();
    Fields form = known.inGzip;
    if (form == null) {
      form = GzipVariant.fields(this, true);
      known.inGzip = form;
    }
    return form;
  }

  /** Those that a 304 repeats. */
  Fields inNotModified() {
    Forms known = forms();
    Fields form = known.notModified;
    if (form == null) {
      form = without(name -> !Payload.IN_NOT_MODIFIED.contains(name));
      known.notModified = form;
    }
    return form;
  }

  /** The distinct names, in order of first appearance and as first written. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = namesAndValues[i];
      if (names.stream().noneMatch(name::equalsIgnoreCase)) {
        names.add(name);
      }
    }
    return names;
  }

  /** How many field lines there are. */
  public int size() {
    return namesAndValues.length / 2;
  }

  /** Bytes these fields take in the heap. */
  public long weightBytes() {
    if (namesAndValues.length == 0) {
      return 0; // there is one for all
    }
    long weight = 24 + HeapBytes.ofReferences(namesAndValues.length);
    for (String text : namesAndValues) {
      weight += HeapBytes.of(text);
    }
    return weight;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fields that && Arrays.equals(namesAndValues, that.namesAndValues);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(namesAndValues);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.toString();
  }

  /** Collects fields; not thread-safe. */
  public static final class Builder {
    private @Nullable String[] namesAndValues = new String[20];
    private int count;

    private Builder() {}

    /** Appends one field line; none where it has no value: CXF lists fields that were not sent. */
    public Builder add(String name, @Nullable String value) {
      if (value == null) {
        return this;
      }
      if (count == namesAndValues.length) {
        namesAndValues = Arrays.copyOf(namesAndValues, 2 * count);
      }
      namesAndValues[count++] = name;
      namesAndValues[count++] = value;
      return this;
    }

    /** The fields collected so far. */
    public Fields build() {
      return count == 0 ? EMPTY : new Fields(Arrays.copyOf(namesAndValues, count));
    }
  }
}
