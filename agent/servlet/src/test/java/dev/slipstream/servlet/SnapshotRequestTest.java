package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.UnsupportedEncodingException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SnapshotRequestTest {
  static Stream<Named<PlainRequest>> notCopied() {
    return Stream.of(
        Named.of("another method", PlainRequest.get("/a").answer("getMethod", "POST")),
        Named.of("a body", PlainRequest.get("/a").answer("getContentLengthLong", 1L)),
        Named.of("a body in chunks", PlainRequest.get("/a").field("Transfer-Encoding", "chunked")),
        Named.of("an upgrade", PlainRequest.get("/a").field("Upgrade", "websocket")),
        Named.of(
            "a later dispatch",
            PlainRequest.get("/a").answer("getDispatcherType", DispatcherType.ASYNC)),
        Named.of("a session", PlainRequest.get("/a").answer("getRequestedSessionId", "1")),
        Named.of(
            "a principal",
            PlainRequest.get("/a").answer("getUserPrincipal", (Principal) () -> "somebody")),
        Named.of("a user", PlainRequest.get("/a").answer("getRemoteUser", "somebody")),
        Named.of("authentication", PlainRequest.get("/a").answer("getAuthType", "BASIC")),
        Named.of(
            "parameters that are no good",
            PlainRequest.get("/a").answer("getParameterMap", new IllegalStateException())));
  }

  @ParameterizedTest
  @MethodSource("notCopied")
  void of_whatCannotBeRunAgainForNobody_isNull(PlainRequest request) {
    assertThat(SnapshotRequest.of(request.build())).isNull();
  }

  @Test
  void of_requestThatOffersHttp2_isCopied() {
    assertThat(SnapshotRequest.of(PlainRequest.get("/a").field("Upgrade", "h2c").build()))
        .isNotNull();
  }

  @Test
  void of_head_isRunAsGet() {
    SnapshotRequest snapshot =
        SnapshotRequest.of(PlainRequest.get("/a").answer("getMethod", "HEAD").build());

    assertThat(snapshot.getMethod()).isEqualTo("GET");
    assertThat(snapshot.getRequestURI()).isEqualTo("/a");
    assertThat(snapshot.fidelity().lost(true)).isNull();
  }

  @Test
  void getAttribute_values_areThere() {
    List<String> list = new ArrayList<>(List.of("a"));
    Map<String, Integer> map = new HashMap<>(Map.of("a", 1));
    byte[] bytes = {1, 2};
    SnapshotRequest snapshot =
        SnapshotRequest.of(
            PlainRequest.get("/a")
                .attribute("text", "a")
                .attribute("time", Instant.EPOCH)
                .attribute("unit", TimeUnit.DAYS)
                .attribute("list", list)
                .attribute("map", map)
                .attribute("bytes", bytes)
                .attribute("fixed", List.of(1L))
                .build());
    list.add("b");
    map.clear();
    bytes[0] = 9;

    assertThat(snapshot.getAttribute("text")).isEqualTo("a");
    assertThat(snapshot.getAttribute("time")).isEqualTo(Instant.EPOCH);
    assertThat(snapshot.getAttribute("unit")).isEqualTo(TimeUnit.DAYS);
    assertThat(snapshot.getAttribute("list")).isEqualTo(List.of("a"));
    assertThat(snapshot.getAttribute("map")).isEqualTo(Map.of("a", 1));
    assertThat(snapshot.getAttribute("bytes")).isEqualTo(new byte[] {1, 2});
    assertThat(snapshot.getAttribute("fixed")).isEqualTo(List.of(1L));
    assertThat(snapshot.fidelity().lost(true)).isNull();
  }

  @Test
  void getAttribute_whatMayLeadToTheRequest_isWithheldButNamed() {
    HttpServletRequest inner = PlainRequest.get("/b").build();
    SnapshotRequest snapshot =
        SnapshotRequest.of(
            PlainRequest.get("/a")
                .attribute("request", inner)
                .attribute("list", new ArrayList<>(List.of(inner)))
                .attribute("map", new HashMap<>(Map.of("a", inner)))
                .attribute("array", new Object[] {inner})
                .build());

    assertThat(Collections.list(snapshot.getAttributeNames()))
        .containsExactly("request", "list", "map", "array");
    for (String name : List.of("request", "list", "map", "array")) {
      assertThatThrownBy(() -> snapshot.getAttribute(name))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  /** Only where the run fails was it missed. */
  @Test
  void getAttribute_ofAFrameworkThatMakesItAnew_isAbsent() {
    String name = "org.springframework.web.context.request.async.WebAsyncManager.WEB_ASYNC_MANAGER";
    SnapshotRequest snapshot =
        SnapshotRequest.of(PlainRequest.get("/a").attribute(name, new Object()).build());

    assertThat(snapshot.getAttribute(name)).isNull();
    assertThat(snapshot.fidelity().lost(false)).isNull();
    assertThat(snapshot.fidelity().lost(true)).isEqualTo("attribute " + name);
  }

  @Test
  void setAttribute_isSeenAndRemoved() {
    SnapshotRequest snapshot =
        SnapshotRequest.of(PlainRequest.get("/a").attribute("withheld", new Object()).build());
    Object value = new Object();
    snapshot.setAttribute("withheld", value);
    snapshot.setAttribute("other", value);
    snapshot.removeAttribute("other");

    assertThat(snapshot.getAttribute("withheld")).isSameAs(value);
    assertThat(Collections.list(snapshot.getAttributeNames())).containsExactly("withheld");
  }

  @Test
  void setCharacterEncoding_ofAQueryThatIsAscii_isSet() throws Exception {
    SnapshotRequest snapshot =
        SnapshotRequest.of(PlainRequest.get("/a").query("a=%20b%7E").build());
    snapshot.setCharacterEncoding("UTF-8");

    assertThat(snapshot.getCharacterEncoding()).isEqualTo("UTF-8");
    assertThat(snapshot.fidelity().lost(true)).isNull();
    assertThatThrownBy(() -> snapshot.setCharacterEncoding("no such"))
        .isInstanceOf(UnsupportedEncodingException.class);
  }

  @Test
  void body_isEmpty_byStreamOrByReader() throws Exception {
    SnapshotRequest byStream = SnapshotRequest.of(PlainRequest.get("/a").build());
    SnapshotRequest byReader = SnapshotRequest.of(PlainRequest.get("/a").build());

    assertThat(byStream.getInputStream().readAllBytes()).isEmpty();
    assertThatThrownBy(byStream::getReader).isInstanceOf(IllegalStateException.class);
    assertThat(byReader.getReader().readLine()).isNull();
    assertThatThrownBy(byReader::getInputStream).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void fields_thatAreNoNumberOrDate_areRefused() {
    SnapshotRequest snapshot =
        SnapshotRequest.of(PlainRequest.get("/a").field("X-Text", "text").build());

    assertThatThrownBy(() -> snapshot.getIntHeader("X-Text"))
        .isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> snapshot.getDateHeader("X-Text"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_keepsNothingOfTheContainersRequest() {
    HttpServletRequest request =
        PlainRequest.get("/a").attribute("a thing", new Object()).query("a=b").build();
    SnapshotRequest snapshot = SnapshotRequest.of(request);
    WeakReference<Object> reference = new WeakReference<>(request);
    request = null;

    assertThat(isCollected(reference)).isTrue();
    assertThat(snapshot.getQueryString()).isEqualTo("a=b");
  }

  @Test
  void of_leavesNothingOfAnAdaptersLoader() throws Exception {
    WeakReference<Object> loader = new WeakReference<>(useOfAnotherAdapter());

    assertThat(isCollected(loader)).isTrue();
  }

  /** Reflection on a class, as frameworks and proxies do it, resolves every type that it names. */
  @Test
  void classes_nameNoTypeThatServlet31Lacks() throws Exception {
    Path classes =
        Path.of(SnapshotRequest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("servlet/http/HttpServletMapping", "servlet/http/MappingMatch")
            .doesNotContain("servlet/http/PushBuilder", "servlet/ServletConnection");
      }
    }
  }

  private static ClassLoader useOfAnotherAdapter() throws Exception {
    URL classes = SnapshotRequest.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader parent = SnapshotRequestTest.class.getClassLoader();
    ClassLoader adapter =
        new URLClassLoader(new URL[] {classes}, parent) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.slipstream.servlet.")) {
              return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
          }
        };
    Class<?> type = adapter.loadClass(SnapshotRequest.class.getName());
    var of = type.getDeclaredMethod("of", HttpServletRequest.class);
    of.setAccessible(true);
    HttpServletRequest snapshot =
        (HttpServletRequest) of.invoke(null, PlainRequest.get("/a").build());
    HttpServletRequest innermost =
        (HttpServletRequest) ((jakarta.servlet.ServletRequestWrapper) snapshot).getRequest();
    assertThat(type).isNotSameAs(SnapshotRequest.class);
    assertThat(innermost.getRequestURI()).isEqualTo("/a");
    return adapter;
  }

  private static boolean isCollected(WeakReference<?> reference) {
    for (int i = 0; i < 20 && reference.get() != null; i++) {
      System.gc();
      assertThat(new byte[1 << 20]).hasSize(1 << 20);
    }
    return reference.get() == null;
  }
}
