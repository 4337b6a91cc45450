package com.example.who;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Answers with what the path's last segment asks for, marked as fresh for an hour and in no way as
 * anybody's own.
 */
final class WhoServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final String USER = "user";

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "max-age=3600");
    String path = String.valueOf(request.getPathInfo());
    String answer = answer(path.substring(path.lastIndexOf('/') + 1), request, response);
    byte[] body = ("<" + answer + ">").getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static String answer(
      String question, HttpServletRequest request, HttpServletResponse response) {
    return switch (question) {
      case "login" -> login(request);
      case "session" -> session(request.getSession(false));
      case "new-session" -> request.getSession().getId();
      case "principal" -> String.valueOf(request.getUserPrincipal());
      case "user" -> String.valueOf(request.getRemoteUser());
      case "role" -> String.valueOf(request.isUserInRole("admin"));
      case "certificate" -> certificate(request);
      case "forwarded-host" -> String.valueOf(request.getHeader("X-Forwarded-Host"));
      case "locale" -> request.getLocale().toLanguageTag();
      case "locales" -> request.getLocales().nextElement().toLanguageTag();
      case "url" -> request.getRequestURL() + " " + request.getHeader("Host");
      case "reflected" -> reflected(request.getParameter("value"), response);
      default -> question;
    };
  }

  private static String login(HttpServletRequest request) {
    String user = request.getParameter(USER);
    request.getSession().setAttribute(USER, user);
    return "welcome, " + user;
  }

  private static String session(@Nullable HttpSession session) {
    return session == null ? "nobody" : String.valueOf(session.getAttribute(USER));
  }

  private static String certificate(HttpServletRequest request) {
    Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
    return chain instanceof X509Certificate[] certificates
        ? certificates[0].getSubjectX500Principal().getName()
        : "nobody";
  }

  private static String reflected(String value, HttpServletResponse response) {
    response.setHeader("X-Reflected", value);
    return "reflected";
  }
}
