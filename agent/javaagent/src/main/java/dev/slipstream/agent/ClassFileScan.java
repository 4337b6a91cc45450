package dev.slipstream.agent;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whether a class file declares a servlet's {@code service}, or the {@code doFilter} of a filter or
 * a chain, or has {@code @Cached}, told from its bytes alone (JVMS §4).
 *
 * <p>Nearly all classes are told from their constant pool, without a string being made: names and
 * descriptors that are looked for differ in length from most others. What is no class file declares
 * nothing.
 */
final class ClassFileScan {
  private static final int MAGIC = 0xCAFEBABE;
  private static final int FIRST_CONSTANT = 10;
  private static final int ACC_STATIC = 0x0008;
  private static final int ACC_NATIVE = 0x0100;
  private static final int ACC_ABSTRACT = 0x0400;

  private static final byte[] CACHED = utf8(ResultWeaver.ANNOTATION);
  private static final byte[] SERVICE = utf8("service");
  private static final byte[] DO_FILTER = utf8("doFilter");
  private static final byte[][] SERVICE_DESCRIPTORS = {
    utf8(EntryMethods.service("jakarta")), utf8(EntryMethods.service("javax"))
  };
  private static final byte[][] FILTER_DESCRIPTORS = {
    utf8(EntryMethods.doFilter("jakarta")), utf8(EntryMethods.doFilter("javax"))
  };

  private final byte[] bytes;
  private int service;
  private int doFilter;
  private boolean cached;
  private final int[] serviceDescriptors = new int[2];
  private final int[] filterDescriptors = new int[2];

  private ClassFileScan(byte[] bytes) {
    this.bytes = bytes;
  }

  /** What a class file has. */
  enum Found {
    NOTHING,
    /** A method with a body that containers call. */
    ENTRY_POINT,
    /** The annotation, on whatever. */
    CACHED,
    BOTH;

    boolean isEntryPoint() {
      return this == ENTRY_POINT || this == BOTH;
    }

    boolean isCached() {
      return this == CACHED || this == BOTH;
    }
  }

  /** What of it a class file has. */
  static Found of(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length < FIRST_CONSTANT) {
      return Found.NOTHING;
    }
    try {
      ClassFileScan scan = new ClassFileScan(bytes);
      boolean entryPoint = scan.scan();
      if (scan.cached) {
        return entryPoint ? Found.BOTH : Found.CACHED;
      }
      return entryPoint ? Found.ENTRY_POINT : Found.NOTHING;
    } catch (IndexOutOfBoundsException e) {
      return Found.NOTHING; // truncated: the JVM will say so
    }
  }

  private boolean scan() {
    if (fourBytes(0) != MAGIC) {
      return false;
    }
    int end = scanConstants();
    boolean possible =
        end > 0
            && (((service | doFilter) > 0 && (serviceDescriptors[0] | serviceDescriptors[1]) > 0)
                || (doFilter > 0 && (filterDescriptors[0] | filterDescriptors[1]) > 0));
    return possible && scanMethods(end);
  }

  /** Returns the offset behind the constants; 0 where one is of a kind that is not known. */
  private int scanConstants() {
    int count = twoBytes(FIRST_CONSTANT - 2);
    int offset = FIRST_CONSTANT;
    for (int index = 1; index < count; index++) {
      switch (bytes[offset]) {
        case 1 -> { // Utf8
          int length = twoBytes(offset + 1);
          note(index, offset + 3, length);
          offset += 3 + length;
        }
        case 3, 4, 9, 10, 11, 12, 17, 18 -> offset += 5;
        case 5, 6 -> { // long and double take two
          offset += 9;
          index++;
        }
        case 7, 8, 16, 19, 20 -> offset += 3;
        case 15 -> offset += 4;
        default -> {
          return 0;
        }
      }
    }
    return offset;
  }

  private void note(int index, int offset, int length) {
    if (is(SERVICE, offset, length)) {
      service = index;
    } else if (is(DO_FILTER, offset, length)) {
      doFilter = index;
    } else if (is(CACHED, offset, length)) {
      cached = true;
    } else {
      for (int api = 0; api < 2; api++) {
        if (is(SERVICE_DESCRIPTORS[api], offset, length)) {
          serviceDescriptors[api] = index;
        } else if (is(FILTER_DESCRIPTORS[api], offset, length)) {
          filterDescriptors[api] = index;
        }
      }
    }
  }

  private boolean is(byte[] text, int offset, int length) {
    if (text.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[offset + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean scanMethods(int constantsEnd) {
    int interfaces = twoBytes(constantsEnd + 6);
    int offset = constantsEnd + 8 + 2 * interfaces;
    int fields = twoBytes(offset);
    offset += 2;
    for (int i = 0; i < fields; i++) {
      offset = behindAttributes(offset + 6);
    }
    int methods = twoBytes(offset);
    offset += 2;
    for (int i = 0; i < methods; i++) {
      if (isEntryPoint(twoBytes(offset), twoBytes(offset + 2), twoBytes(offset + 4))) {
        return true;
      }
      offset = behindAttributes(offset + 6);
    }
    return false;
  }

  private boolean isEntryPoint(int access, int name, int descriptor) {
    return (access & (ACC_STATIC | ACC_NATIVE | ACC_ABSTRACT)) == 0
        && (((name == service || name == doFilter) && isOneOf(serviceDescriptors, descriptor))
            || (name == doFilter && isOneOf(filterDescriptors, descriptor)));
  }

  private static boolean isOneOf(int[] indices, int index) {
    return index == indices[0] || index == indices[1];
  }

  private int behindAttributes(int offset) {
    int count = twoBytes(offset);
    int end = offset + 2;
    for (int i = 0; i < count; i++) {
      end += 6 + fourBytes(end + 2);
    }
    return end;
  }

  private int twoBytes(int offset) {
    return (bytes[offset] & 0xFF) << 8 | (bytes[offset + 1] & 0xFF);
  }

  private int fourBytes(int offset) {
    return twoBytes(offset) << 16 | twoBytes(offset + 2);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
