package com.example.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets known users through and makes them the request's remote user (RFC 7617). */
final class BasicAuthFilter extends HttpFilter {

  private static final String SCHEME = "Basic ";

  private final transient Map<String, String> passwords;

  BasicAuthFilter(Map<String, String> passwords) {
    this.passwords = Map.copyOf(passwords);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var user = user(request.getHeader("Authorization"));
    if (user == null) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"account\", charset=\"UTF-8\"");
      new Problem(401, "Unauthorized", "This area asks for a user and a password.").send(response);
      return;
    }
    chain.doFilter(new Authenticated(request, user), response);
  }

  private @Nullable String user(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    String credentials;
    try {
      var token = authorization.substring(SCHEME.length()).strip();
      credentials = new String(Base64.getDecoder().decode(token), UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
    int colon = credentials.indexOf(':');
    if (colon < 0) {
      return null;
    }
    var user = credentials.substring(0, colon);
    var expected = passwords.get(user);
    var actual = credentials.substring(colon + 1);
    return expected != null
            && MessageDigest.isEqual(expected.getBytes(UTF_8), actual.getBytes(UTF_8))
        ? user
        : null;
  }

  /** The request with the user this filter has recognised. */
  private static final class Authenticated extends HttpServletRequestWrapper {

    private final String user;

    Authenticated(HttpServletRequest request, String user) {
      super(request);
      this.user = user;
    }

    @Override
    public String getRemoteUser() {
      return user;
    }

    @Override
    public String getAuthType() {
      return BASIC_AUTH;
    }
  }
}
