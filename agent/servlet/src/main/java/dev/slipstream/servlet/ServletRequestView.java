package dev.slipstream.servlet;

import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.RequestView;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A servlet request as the cache sees it. */
final class ServletRequestView implements RequestView {
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final HttpServletRequest request;
  private final String method;
  private final String path;
  private final @Nullable String bodyHash;
  private final String place;

  ServletRequestView(HttpServletRequest request, @Nullable String bodyHash, String place) {
    this.request = request;
    this.method = request.getMethod();
    this.path = request.getRequestURI();
    this.bodyHash = bodyHash;
    this.place = place;
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String scheme() {
    return request.getScheme();
  }

  @Override
  public String serverName() {
    return request.getServerName();
  }

  @Override
  public int serverPort() {
    return request.getServerPort();
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public @Nullable String query() {
    return request.getQueryString();
  }

  @Override
  public @Nullable String bodyHash() {
    return bodyHash;
  }

  @Override
  public @Nullable String field(String name) {
    return request.getHeader(name);
  }

  @Override
  public List<String> all(String name) {
    Enumeration<String> values = request.getHeaders(name);
    if (values == null || !values.hasMoreElements()) {
      return List.of();
    }
    String first = values.nextElement();
    if (!values.hasMoreElements()) {
      return List.of(first); // as it is nearly always
    }
    List<String> all = Collections.list(values);
    all.add(0, first);
    return all;
  }

  @Override
  public boolean any(String name, Predicate<String> test) {
    Enumeration<String> values = request.getHeaders(name);
    while (values != null && values.hasMoreElements()) {
      if (test.test(values.nextElement())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Fields fields() {
    Fields.Builder fields = Fields.builder();
    Enumeration<String> names = request.getHeaderNames();
    while (names != null && names.hasMoreElements()) {
      String name = names.nextElement();
      all(name).forEach(value -> fields.add(name, value));
    }
    return fields.build();
  }

  // The session itself is not asked for: that would prolong it.
  @Override
  public @Nullable String sessionId() {
    return request.getRequestedSessionId();
  }

  @Override
  public @Nullable String principal() {
    Principal principal = request.getUserPrincipal();
    return principal == null ? request.getRemoteUser() : principal.getName();
  }

  @Override
  public @Nullable String clientCertificate() {
    return request.isSecure()
            && request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
            && chain.length > 0
        // A serial number is unique for one issuer only (RFC 5280 §4.1.2.2).
        ? chain[0].getSubjectX500Principal()
            + "\n"
            + chain[0].getIssuerX500Principal()
            + "\n"
            + chain[0].getSerialNumber()
        : null;
  }
}
