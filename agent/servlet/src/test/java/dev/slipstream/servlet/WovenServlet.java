package dev.slipstream.servlet;

import dev.slipstream.engine.Call;
import dev.slipstream.engine.EntryPoint;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Answers by the last segment of the path, with the adapter around it as the agent weaves it. */
final class WovenServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient EntryPoint entry;
  private final transient Map<String, TriedServlet.Application> answers;

  /**
   * Makes one.
   *
   * @param entry the adapter's; null for none
   */
  WovenServlet(EntryPoint entry, Map<String, TriedServlet.Application> answers) {
    this.entry = entry;
    this.answers = answers;
  }

  @Override
  public void service(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    Object[] slots = {this, request, response, null, null, "servlet"};
    UnaryOperator<Throwable> exit = entry == null ? null : entry.enter(new Call(slots));
    Throwable thrown = null;
    if (slots[0] != null) {
      thrown = answer((HttpServletRequest) slots[1], (HttpServletResponse) slots[2]);
    }
    rethrow(exit == null ? thrown : exit.apply(thrown));
  }

  static void rethrow(Throwable outcome) throws ServletException, IOException {
    if (outcome instanceof IOException e) {
      throw e;
    }
    if (outcome instanceof ServletException e) {
      throw e;
    }
    if (outcome instanceof RuntimeException e) {
      throw e;
    }
    if (outcome != null) {
      throw new ServletException(outcome);
    }
  }

  private Throwable answer(HttpServletRequest request, HttpServletResponse response) {
    try {
      Object included = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
      String path = included == null ? request.getPathInfo() : included.toString();
      answers.get(path.substring(1)).service(request, response);
      return null;
    } catch (Exception e) {
      return e;
    }
  }
}
