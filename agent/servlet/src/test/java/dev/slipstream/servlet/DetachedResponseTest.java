package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipstream.engine.http.Fields;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A response as an unknown container would have it: by the specification. */
class DetachedResponseTest {
  private final SnapshotRequest request =
      SnapshotRequest.of(PlainRequest.get("/a/b").query("q=1").build());
  private final DetachedResponse response = new DetachedResponse(request, 10_000);

  @Test
  void getWriter_charsetThatNobodyStated_isLatin1AndSaidSo() throws IOException {
    response.setContentType("application/json");
    response.getWriter().write("\u00E4");

    assertThat(response.end()).containsExactly(0xE4);
    assertThat(response.fields())
        .isEqualTo(Fields.of("Content-Type", "application/json;charset=ISO-8859-1"));
  }

  @Test
  void setCharacterEncoding_ofServlet61_isThatOfTheWriter() throws IOException {
    response.setContentType("text/plain");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.getWriter().write("\u00E4");

    assertThat(response.end()).asString(StandardCharsets.UTF_8).isEqualTo("\u00E4");
    assertThat(response.getContentType()).isEqualTo("text/plain;charset=UTF-8");
  }

  @ParameterizedTest
  @CsvSource({
    "c, https://gateway.example/a/c",
    "../c?x#y, https://gateway.example/c?x#y",
    "/c, https://gateway.example/c",
    "?x=1, https://gateway.example/a/b?x=1",
    "http://other.example/c, http://other.example/c",
    "//other.example/c, https://other.example/c",
    "no uri, no uri"
  })
  void sendRedirect_isAbsolute(String location, String sent) {
    response.sendRedirect(location);

    assertThat(response.getStatus()).isEqualTo(302);
    assertThat(response.getHeader("Location")).isEqualTo(sent);
    assertThat(response.isCommitted()).isTrue();
    assertThat(response.isError()).isFalse();
  }

  @Test
  void sendRedirect_ofServlet61_keepsTheBodyIfAsked() throws IOException {
    response.getOutputStream().print("moved");
    response.sendRedirect("/c", 308, false);

    assertThat(response.getStatus()).isEqualTo(308);
    assertThat(response.end()).asString(StandardCharsets.US_ASCII).isEqualTo("moved");
  }

  @Test
  void committed_takesNothingButTheBody() throws IOException {
    response.setHeader("X-A", "1");
    response.getOutputStream().print("a");
    response.flushBuffer();
    response.setHeader("X-A", "2");
    response.addHeader("X-B", "2");
    response.addCookie(new Cookie("a", "b"));
    response.setStatus(500);
    response.setContentType("text/html");
    response.setLocale(Locale.FRENCH);
    response.setContentLengthLong(5);
    response.getOutputStream().print("b");

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.fields()).isEqualTo(Fields.of("X-A", "1"));
    assertThat(response.end()).asString(StandardCharsets.US_ASCII).isEqualTo("ab");
    assertThatThrownBy(() -> response.sendError(500)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> response.sendRedirect("/")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(response::reset).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(response::resetBuffer).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> response.setBufferSize(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void resetBuffer_forgetsHalfASurrogatePair() throws IOException {
    response.setCharacterEncoding("UTF-8");
    response.getWriter().write("gone\uD83D");
    response.resetBuffer();
    response.getWriter().write("kept");

    assertThat(response.end()).asString(StandardCharsets.UTF_8).isEqualTo("kept");
  }

  @Test
  void isCommitted_onceTheBufferIsFull() throws IOException {
    response.getOutputStream().write(new byte[8192]);
    assertThat(response.isCommitted()).isFalse();
    response.getOutputStream().write(1);
    assertThat(response.isCommitted()).isTrue();
  }

  @Test
  void body_ofTheGreatestSize_isTaken() throws IOException {
    response.getOutputStream().write(new byte[10_000]);
    assertThat(response.end()).hasSize(10_000);
    assertThat(request.fidelity().lost(false)).isNull();

    assertThatThrownBy(() -> response.getOutputStream().write(1)).isInstanceOf(IOException.class);
    assertThat(request.fidelity().lost(false)).isEqualTo("a body of more than 10000 bytes");
  }

  /** Before Servlet 6.1 a value of null was ignored. */
  @Test
  void fields_withNullOrWithoutName_areIgnored() {
    response.setHeader("X-A", "1");
    response.setHeader("X-A", null);
    response.addHeader("X-A", null);
    response.setHeader("", "1");
    response.addHeader(null, "1");

    assertThat(response.fields()).isEqualTo(Fields.of("X-A", "1"));
  }

  @Test
  void contentLength_isOneField() {
    response.setContentLength(5);
    response.setContentLengthLong(6);
    response.addHeader("content-length", "7");
    assertThat(response.getHeaders("Content-Length")).containsExactly("7");

    response.setContentLengthLong(-1);
    assertThat(response.containsHeader("Content-Length")).isFalse();
  }

  @Test
  void addCookie_isAField() {
    Cookie cookie = new Cookie("a", "b");
    cookie.setPath("/c");
    cookie.setMaxAge(5);
    cookie.setSecure(true);
    cookie.setHttpOnly(true);
    response.addCookie(cookie);

    assertThat(response.getHeader("Set-Cookie"))
        .isEqualTo("a=b; Max-Age=5; Path=/c; Secure; HttpOnly");
  }

  @Test
  void setLocale_isTheContentLanguage() {
    response.setLocale(Locale.CANADA_FRENCH);

    assertThat(response.getLocale()).isEqualTo(Locale.CANADA_FRENCH);
    assertThat(response.fields()).isEqualTo(Fields.of("Content-Language", "fr-CA"));
  }

  /** An application that unwraps what it was given writes to the same response. */
  @Test
  void getResponse_answersAsTheResponse() throws IOException {
    HttpServletResponse innermost = (HttpServletResponse) response.getResponse();
    innermost.setStatus(203);
    innermost.setContentType("text/plain");
    innermost.getOutputStream().print("a");

    assertThat(response.getStatus()).isEqualTo(203);
    assertThat(response.getContentType()).isEqualTo("text/plain");
    assertThat(response.end()).containsExactly('a');
    assertThatThrownBy(innermost::getWriter).isInstanceOf(IllegalStateException.class);
    assertThat(request.fidelity().lost(false)).isNull();
  }
}
