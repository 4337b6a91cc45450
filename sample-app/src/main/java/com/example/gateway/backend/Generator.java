package com.example.gateway.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * A stand-in for an expensive generator: slow, sizeable, and the same output for the same input.
 */
final class Generator {

  private static final int IMAGE_SIDE = 245;
  private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private static final List<String> NOUNS = List.of("order", "invoice", "session", "ticket");
  private static final List<String> VERBS = List.of("load", "merge", "price", "route", "validate");

  /** Several kilobytes of source text as JSON, after 150 to 400 ms. */
  Reply code(String input) {
    var seed = Seed.of(input);
    var delay = Duration.ofMillis(150 + seed.below(251));
    int methods = 30 + seed.below(30);
    var code = new StringBuilder();
    for (int number = 1; number <= methods; number++) {
      var noun = NOUNS.get(seed.below(NOUNS.size()));
      var verb = VERBS.get(seed.below(VERBS.size()));
      code.append(
          String.format(
              Locale.ROOT,
              "def %s_%s_%d(%s):\\n    result = %2$s.get(%d)\\n    return result * %d\\n\\n",
              verb,
              noun,
              number,
              noun,
              seed.below(1000),
              seed.below(100)));
    }
    return Reply.json(
        String.format(
            Locale.ROOT,
            """
        {"id":"gen-%08x","model":"demo-1","language":"python",\
        "usage":{"inputCharacters":%d,"methods":%d},"code":"%s"}""",
            seed.value(),
            input.length(),
            methods,
            code),
        delay);
  }

  /** A square of grey noise as a PNG of about 60 KB, after 280 to 320 ms. */
  Reply image(String input) {
    var seed = Seed.of(input);
    var delay = Duration.ofMillis(280 + seed.below(41));
    var pixels = new byte[IMAGE_SIDE * (IMAGE_SIDE + 1)];
    seed.fill(pixels);
    for (int row = 0; row < IMAGE_SIDE; row++) {
      pixels[row * (IMAGE_SIDE + 1)] = 0; // each row starts with its filter: none
    }
    return Reply.png(png(pixels), delay);
  }

  private static byte[] png(byte[] pixels) {
    var header =
        ByteBuffer.allocate(13)
            .putInt(IMAGE_SIDE)
            .putInt(IMAGE_SIDE)
            .put(new byte[] {8, 0, 0, 0, 0}); // eight bits of grey, nothing optional
    try {
      var data = new ByteArrayOutputStream();
      try (var deflater = new DeflaterOutputStream(data)) {
        deflater.write(pixels);
      }
      var file = new ByteArrayOutputStream();
      var out = new DataOutputStream(file);
      out.write(PNG_SIGNATURE);
      writeChunk(out, "IHDR", header.array());
      writeChunk(out, "IDAT", data.toByteArray());
      writeChunk(out, "IEND", new byte[0]);
      return file.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to memory
    }
  }

  private static void writeChunk(DataOutputStream out, String type, byte[] data)
      throws IOException {
    var name = type.getBytes(US_ASCII);
    var checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) checksum.getValue());
  }
}
