package dev.slipstream.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.http.Fields;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadersTest {
  private static final List<String> TARGETED = List.of("Slipstream-Cache-Control");

  @Test
  void stored_whatFiltersHaveSet_isTheirs() {
    Fields own = Fields.of("X-Own", "1");
    Fields filtered = Fields.of("X-Own", "1", "X-Id", "7", "Access-Control-Allow-Origin", "*");

    assertThat(Headers.stored(own, filtered, filtered, TARGETED))
        .isEqualTo(Fields.of("X-Own", "1"));
  }

  @Test
  void stored_whatFiltersHaveChanged_isAsTheResourceMadeIt() {
    Fields own = Fields.of("X-Own", "1");
    Fields filtered = Fields.of("X-Own", "2");

    assertThat(Headers.stored(own, filtered, filtered, TARGETED)).isEqualTo(own);
  }

  @Test
  void stored_whatSaysHowToCache_isStoredWhoeverSaidIt() {
    Fields filtered =
        Fields.of(
            "cache-control", "max-age=60", "Vary", "X", "slipstream-cache-control", "no-store");

    assertThat(Headers.stored(Fields.EMPTY, filtered, filtered, TARGETED)).isEqualTo(filtered);
  }

  @Test
  void stored_whatInterceptorsAndTheContainerHaveSet_isStored() {
    Fields own = Fields.of("Content-Type", "text/plain");
    Fields sent = Fields.of("Content-Type", "text/plain", "Content-Encoding", "gzip", "X-Sum", "9");

    assertThat(Headers.stored(own, own, sent, TARGETED)).isEqualTo(sent);
  }

  @Test
  void replace_writesNoFieldTwice() {
    MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
    headers.add("etag", "\"old\"");
    headers.add("ETag", "\"older\"");

    Headers.replace(headers, Fields.of("ETag", "\"new\""));

    assertThat(headers).containsExactly(Map.entry("ETag", List.of("\"new\"")));
  }

  @Test
  void dropRepeated_whatAFilterHasAddedAgain_isThereOnce() {
    MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
    headers.addAll("Vary", "Accept", "Origin", "Origin");
    headers.addAll("X-Twice", "a", "a");

    Headers.dropRepeated(
        headers, Fields.of("Vary", "Accept", "Vary", "Origin", "X-Twice", "a", "X-Twice", "a"));

    assertThat(headers.get("Vary")).containsExactly("Accept", "Origin");
    assertThat(headers.get("X-Twice")).as("as it was stored").containsExactly("a", "a");
  }
}
