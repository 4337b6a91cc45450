package dev.slipstream.servlet;

import dev.slipstream.servlet.TriedServlet.Application;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Applications that go on once they have closed their writer, or with one from before a reset. */
final class WriterHabits {
  /** What an application goes through, and what comes of it. */
  private record Trying(
      HttpServletRequest request,
      HttpServletResponse response,
      PrintWriter out,
      List<String> seen) {
    void sees(Object what) {
      seen.add(String.valueOf(what));
    }

    void tries(Step... steps) {
      for (Step step : steps) {
        try {
          step.run();
          sees("done");
        } catch (Exception e) {
          sees(e.getClass().getSimpleName());
        }
      }
    }

    void printsLong() {
      out.print(GzipAnswers.text(200_000));
    }

    void prints() {
      out.print(GzipAnswers.text(3_000));
    }

    void resets() {
      response.reset();
      response.setContentType("text/plain;charset=UTF-8");
      response.setHeader("Cache-Control", "max-age=600");
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  private interface Habit {
    void of(Trying trying) throws Exception;
  }

  /** What the applications have seen at their ends, by the path and query that they were asked. */
  final Map<String, List<String>> seen = new ConcurrentHashMap<>();

  private final Map<String, Application> all = new LinkedHashMap<>();

  WriterHabits() {
    closed();
    kept();
  }

  Map<String, Application> all() {
    return all;
  }

  private void add(String name, Habit habit) {
    all.put(
        name,
        (request, response) -> {
          response.setContentType("text/plain;charset=UTF-8");
          response.setHeader("Cache-Control", "max-age=600");
          List<String> sees = new ArrayList<>();
          String asked = request.getRequestURI() + "?" + request.getQueryString();
          try {
            habit.of(new Trying(request, response, response.getWriter(), sees));
          } finally {
            seen.put(asked, sees);
          }
        });
  }

  private void closed(String name, Habit habit) {
    add(
        name,
        trying -> {
          trying.prints();
          trying.out.close();
          habit.of(trying);
        });
  }

  private void kept(String name, Habit habit) {
    add(
        name,
        trying -> {
          trying.out.print("thrown away");
          trying.resets();
          habit.of(trying);
        });
  }

  private void closed() {
    closed("closed-writer", trying -> {});
    closed("closed-and-flushed", trying -> trying.tries(trying.response::flushBuffer));
    closed(
        "closed-and-failed",
        trying -> {
          throw new IllegalStateException("the application fails");
        });
    closed("closed-and-checked", trying -> trying.sees(trying.out.checkError()));
    closed(
        "closed-twice",
        trying -> {
          trying.out.close();
          trying.tries(trying.response::flushBuffer);
        });
    closed(
        "closed-and-written-to",
        trying -> {
          trying.out.print("ignored");
          trying.out.println(1);
          trying.out.append('c').write(2);
          trying.sees(trying.out.checkError());
          trying.out.flush();
          trying.out.close();
          trying.sees(trying.out.checkError());
          trying.tries(
              () -> trying.response.getWriter().print("ignored"),
              trying.response::flushBuffer,
              trying.response::getOutputStream);
        });
    closed(
        "closed-and-regretted",
        trying ->
            trying.tries(
                trying.response::resetBuffer,
                trying.response::reset,
                () -> trying.response.sendError(500),
                () -> trying.response.sendRedirect("/elsewhere"),
                trying.response::flushBuffer));
    closed(
        "closed-and-asynchronous",
        trying -> {
          AsyncContext context = trying.request.startAsync();
          trying.tries(trying.response::flushBuffer);
          context.complete();
        });
    add(
        "checked-midway",
        trying -> {
          trying.prints();
          trying.sees(trying.out.checkError());
          trying.sees(trying.response.isCommitted());
          trying.prints();
        });
  }

  private void kept() {
    kept("kept", Trying::prints);
    kept("kept-for-much", Trying::printsLong);
    kept(
        "kept-and-closed",
        trying -> {
          trying.prints();
          trying.out.close();
          trying.tries(trying.response::flushBuffer);
        });
    kept(
        "kept-beside-a-new-one",
        trying -> {
          PrintWriter second = trying.response.getWriter();
          second.print("thrown away");
          trying.resets();
          PrintWriter third = trying.response.getWriter();
          third.print(GzipAnswers.text(3_000));
          trying.out.print("of the first writer");
          third.print(GzipAnswers.text(30_000));
          second.print("of the second writer");
        });
    kept(
        "kept-and-used-last",
        trying -> {
          trying.response.getWriter().print(GzipAnswers.text(30_000));
          trying.out.print("of the first writer");
        });
    kept(
        "kept-stream",
        trying -> {
          var first = trying.response.getOutputStream();
          trying.resets();
          var second = trying.response.getOutputStream();
          second.write(GzipAnswers.body(30_000));
          first.print("of the first stream");
          second.write(GzipAnswers.body(3_000));
        });
  }
}
