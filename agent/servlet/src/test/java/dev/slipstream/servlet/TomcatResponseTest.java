package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.servlet.LiveContainer.Received;
import dev.slipstream.servlet.TriedServlet.Application;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hits past the Servlet API: what they are to a client, and to filters around them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TomcatResponseTest {
  private static final int LARGE = 200_000;

  private final Map<String, Application> answers = new LinkedHashMap<>();
  private LiveContainer tomcat;
  private LiveContainer jetty;
  private WovenServlet servlet;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    answers.put("short", answer("a", 3));
    answers.put("long", answer("a value that is longer than a number of any length", 33));
    answers.put("longer", answer("x".repeat(300), 7_000));
    answers.put("large", answer("large", LARGE));
    answers.put("empty", answer("empty", 0));
    answers.put(
        "unstated", // in length, so that it goes out with the servlet's return
        (request, response) -> {
          response.setHeader("Cache-Control", "max-age=600");
          response.setHeader("ETag", "\"unstated\"");
          response.getOutputStream().print("body");
        });
    answers.put(
        "large-unstated",
        (request, response) -> {
          response.setHeader("Cache-Control", "max-age=600");
          response.getOutputStream().write(new byte[LARGE]);
        });
    answers.put(
        "several",
        (request, response) -> {
          response.addHeader("Link", "</a>; rel=next");
          response.addHeader("X-Between", "one\ttwo");
          response.addHeader("Link", "</b>; rel=prev");
          answer("several", 5).service(request, response);
        });
    answers.put(
        "latin", // not ASCII
        (request, response) -> {
          response.setHeader("X-Name", "caf\u00e9");
          answer("latin", 5).service(request, response);
        });
    answers.put(
        "typed",
        (request, response) -> {
          response.setContentType("text/plain; charset=utf-8");
          answer("typed", 5).service(request, response);
        });
    servlet = new WovenServlet(new TestGateway().servlets, answers);
    tomcat = LiveContainer.start(LiveContainer.Kind.TOMCAT, folder);
    jetty = LiveContainer.start(LiveContainer.Kind.JETTY, folder);
  }

  @AfterAll
  void stop() throws Exception {
    tomcat.close();
    jetty.close();
  }

  private static Application answer(String tag, int bytes) {
    return (request, response) -> {
      response.setHeader("Cache-Control", "max-age=600");
      response.setHeader("ETag", '"' + tag + '"');
      response.setContentLength(bytes);
      byte[] body = new byte[bytes];
      for (int i = 0; i < bytes; i++) {
        body[i] = (byte) (i * 31 + tag.length());
      }
      response.getOutputStream().write(body);
    };
  }

  /** What of an answer is the same each time that it is given. */
  private static Map<String, String> lasting(Received answer) {
    Map<String, String> fields = new TreeMap<>(answer.fields());
    fields.remove("cache-status");
    fields.remove("age");
    return fields;
  }

  private static String status(Received answer) {
    return answer.fields().get("cache-status");
  }

  // Tomcat uses the places of fields again, and what they hold, for what comes next.
  @Test
  void hits_oneAfterTheOtherOnAConnection_areEachWhatTheMissWas() throws Exception {
    tomcat.tries(servlet::service);
    Map<String, Received> misses = new LinkedHashMap<>();
    for (String name : answers.keySet()) {
      misses.put(name, tomcat.get("/" + name + "?hits"));
      assertThat(status(misses.get(name))).contains("fwd=uri-miss; ");
    }
    List<String> names = new ArrayList<>(answers.keySet());
    Random random = new Random(7);
    for (int i = 0; i < 20 * names.size(); i++) {
      String name = names.get(random.nextInt(names.size()));
      Received hit = tomcat.get("/" + name + "?hits");
      assertThat(status(hit)).as(name).contains("; hit; ttl=");
      assertThat(hit.fields()).as(name).containsEntry("age", "[0]");
      assertThat(lasting(hit)).as(name).isEqualTo(lasting(misses.get(name)));
      assertThat(hit.body()).as(name).isEqualTo(misses.get(name).body());
      assertThat(tomcat.get("/none").status()).isEqualTo(500); // fields of other lengths between
    }
  }

  @Test
  void hit_filterLooksAtItAfterwards_seesItsFieldsAndMayAddOthers() throws Exception {
    List<String> seen = new ArrayList<>();
    tomcat.tries(
        (request, response) -> {
          servlet.service(request, response);
          seen.add(response.getHeader("ETag") + response.getHeaders("cache-control"));
          seen.addAll(response.getHeaderNames());
          response.setHeader("ETag", "\"of a filter\"");
          response.setHeader("X-Later", "added");
        });
    tomcat.get("/unstated?looked");
    seen.clear();

    Received hit = tomcat.get("/unstated?looked");

    assertThat(status(hit)).contains("; hit; ");
    assertThat(seen)
        .contains(
            "\"unstated\"[max-age=600]", "Cache-Control", "ETag", "Date", "Age", "Cache-Status");
    assertThat(hit.fields())
        .containsEntry("etag", "[\"of a filter\"]")
        .containsEntry("x-later", "[added]");
  }

  @Test
  void hit_filterHadSetFields_replacesThem() throws Exception {
    tomcat.tries(
        (request, response) -> {
          response.setHeader("ETag", "\"of a filter\"");
          response.setHeader("X-Before", "kept");
          servlet.service(request, response);
        });
    Received miss = tomcat.get("/short?filtered");

    Received hit = tomcat.get("/short?filtered");

    assertThat(status(hit)).contains("; hit; ");
    assertThat(lasting(hit)).isEqualTo(lasting(miss)).containsEntry("etag", "[\"a\"]");
  }

  /** Where a response comes from, or what was done to it. */
  enum Of {
    TOMCAT(true),
    TOMCAT_WITH_A_FIELD(false),
    TOMCAT_WITH_A_TYPE(false),
    TOMCAT_WITH_A_STATUS(false),
    TOMCAT_COMMITTED(false),
    TOMCAT_WRAPPED(false),
    JETTY(false);

    final boolean itself;

    Of(boolean itself) {
      this.itself = itself;
    }

    private HttpServletResponse touch(HttpServletResponse response) throws Exception {
      switch (this) {
        case TOMCAT, JETTY -> {}
        case TOMCAT_WITH_A_FIELD -> response.setHeader("X-Frame-Options", "DENY");
        case TOMCAT_WITH_A_TYPE -> response.setContentType("text/html");
        case TOMCAT_WITH_A_STATUS -> response.setStatus(202);
        case TOMCAT_COMMITTED -> response.flushBuffer();
        case TOMCAT_WRAPPED -> {
          return new HttpServletResponseWrapper(response);
        }
      }
      return response;
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_isForWhatTomcatAloneHasMade(Of response) throws Exception {
    List<Boolean> found = new ArrayList<>();
    LiveContainer container = response == Of.JETTY ? jetty : tomcat;
    container.tries(
        (HttpServletRequest request, HttpServletResponse given) ->
            found.add(TomcatResponse.of(request, response.touch(given)) != null));

    container.get("/of");

    assertThat(found).containsExactly(response.itself);
  }
}
