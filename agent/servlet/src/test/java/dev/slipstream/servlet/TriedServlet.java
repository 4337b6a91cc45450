package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.servlet.BackgroundRun.Answer;
import dev.slipstream.servlet.BackgroundRun.Outcome;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A servlet under trial: of a request for {@code /first} it takes a snapshot before it answers, as
 * an adapter would; {@code /replay} is answered with what came of a background run.
 */
final class TriedServlet extends HttpServlet {
  static final int MAX_BODY = 200_000;

  private static final long serialVersionUID = 1;

  private transient volatile Application application;
  private transient volatile SnapshotRequest snapshot;
  private transient volatile HttpServletRequest original;
  private transient volatile Answer replayed;

  /** What the servlet does. */
  interface Application {
    void service(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  void does(Application application) {
    this.application = application;
    snapshot = null;
    original = null;
  }

  /** The container's request, of which the snapshot was taken. */
  HttpServletRequest original() {
    return original;
  }

  SnapshotRequest snapshot() {
    return snapshot;
  }

  Outcome runInTheBackground() {
    return new BackgroundRun(this, snapshot, MAX_BODY).run();
  }

  Answer answerInTheBackground() {
    Outcome outcome = runInTheBackground();
    assertThat(outcome).isInstanceOf(Answer.class);
    return (Answer) outcome;
  }

  void replays(Answer answer) {
    replayed = answer;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String path = String.valueOf(request.getPathInfo());
    if (path.equals("/replay")) {
      replay(response);
      return;
    }
    if (path.equals("/first")
        && request.getDispatcherType() == DispatcherType.REQUEST
        && !BackgroundRun.isBackground(request)) {
      request.setAttribute("of a filter", "its value");
      request.setAttribute("list of a filter", new ArrayList<>(List.of("a", "b")));
      original = request;
      snapshot = SnapshotRequest.of(request);
    }
    try {
      application.service(request, response);
    } catch (ServletException | IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  private void replay(HttpServletResponse response) throws IOException {
    response.setStatus(replayed.status());
    replayed
        .fields()
        .forEach(
            (name, value) -> {
              if (name.equals("Content-Type")) {
                response.setContentType(value);
              } else {
                response.addHeader(name, value);
              }
            });
    response.getOutputStream().write(replayed.body());
  }
}
