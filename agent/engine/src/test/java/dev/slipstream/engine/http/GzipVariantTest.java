package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GzipVariantTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                      | false",
        "gzip                   | true",
        "GZIP                   | true",
        "x-gzip                 | true",
        "br, gzip;q=0.1         | true",
        "gzip ; q=0             | false",
        "gzip;q=0.000           | false",
        "gzip;q=0.001           | true",
        "*                      | true",
        "*;q=0                  | false",
        "gzip;q=0, *            | false",
        "identity               | false",
        "deflate, br            | false",
        "gzipped                | false",
        ",,                     | false",
      })
  void isAccepted(String field, boolean expected) {
    List<String> lines = field == null ? List.of() : List.of(field);

    assertThat(GzipVariant.isAccepted(lines)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "200 | application/json; charset=utf-8 | -    | -                         | true",
        "200 | Text/HTML                       | -    | max-age=1                 | true",
        "200 | image/png                       | -    | -                         | false",
        "200 | -                               | -    | -                         | false",
        "200 | text/plain                      | br   | -                         | false",
        "200 | text/plain                      | -    | max-age=1, no-transform   | false",
        "404 | text/plain                      | -    | -                         | false",
        "206 | text/plain                      | -    | -                         | false",
      })
  void isFor(int status, String type, String coding, String control, boolean expected) {
    Fields.Builder fields = Fields.builder();
    add(fields, "Content-Type", type);
    add(fields, "Content-Encoding", coding);
    add(fields, "Cache-Control", control);
    ResponseHead head = ResponseHead.of(status, Fields.EMPTY, fields.build());
    CacheControl stated = CacheControl.parse(control == null ? List.of() : List.of(control));

    assertThat(GzipVariant.isFor(head, stated)).isEqualTo(expected);
  }

  private static void add(Fields.Builder fields, String name, String value) {
    if (value != null) {
      fields.add(name, value);
    }
  }

  @Test
  void of_givesTheBodyBack() throws IOException {
    byte[] body = "a line like others\n".repeat(100).getBytes(StandardCharsets.UTF_8);

    byte[] gzipped = GzipVariant.of(body);

    assertThat(gzipped).hasSizeLessThan(body.length / 2);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzipped)).readAllBytes())
        .isEqualTo(body);
  }

  @Test
  void of_whatIsSmallOrDoesNotShrink_isNone() {
    byte[] noise = new byte[4_096];
    new Random(1).nextBytes(noise);
    byte[] small = new byte[511];
    Arrays.fill(small, (byte) 'a');

    assertThat(GzipVariant.of(noise)).isNull();
    assertThat(GzipVariant.of(small)).isNull();
  }

  @Test
  void fields_sayWhatDiffers() {
    Fields stored = Fields.of("ETag", "\"1\"", "Vary", "Accept");

    assertThat(GzipVariant.fields(stored, true))
        .isEqualTo(
            Fields.of(
                "ETag",
                "W/\"1\"",
                "Vary",
                "Accept",
                "Vary",
                "Accept-Encoding",
                "Content-Encoding",
                "gzip"));
    assertThat(GzipVariant.fields(stored, false))
        .isEqualTo(Fields.of("ETag", "\"1\"", "Vary", "Accept", "Vary", "Accept-Encoding"));
    assertThat(GzipVariant.fields(Fields.of("Vary", "accept-encoding"), false))
        .isEqualTo(Fields.of("Vary", "accept-encoding"));
  }
}
