package com.example.gateway;

import static com.example.gateway.Scenario.notStored;
import static com.example.gateway.Scenario.stored;

import com.example.gateway.Scenario.Needs;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.List;
import java.util.Locale;

/** Answers that take a detour: other resources, wrappers, time-outs. */
final class FlowScenarios {
  private FlowScenarios() {}

  static List<Scenario> all() {
    return List.of(
        stored(
                "include",
                (request, response) -> {
                  response.setContentType("text/plain; charset=UTF-8");
                  response.getWriter().print("[");
                  request.getRequestDispatcher("/part/included").include(request, response);
                  request.getRequestDispatcher("/part/included").include(request, response);
                  response.getWriter().print("]");
                })
            .with(Needs.CONTAINER_THREAD),
        stored(
                "include-wrapped",
                (request, response) -> {
                  response.setContentType("text/plain; charset=UTF-8");
                  request
                      .getRequestDispatcher("/part/included")
                      .include(request, new HttpServletResponseWrapper(response));
                  response.getWriter().print("!");
                })
            .with(Needs.CONTAINER_THREAD),
        stored(
                "forward",
                (request, response) -> {
                  response.getWriter().print("thrown away");
                  request.getRequestDispatcher("/part/forwarded?from=a").forward(request, response);
                })
            .with(Needs.CONTAINER_THREAD),
        stored(
                "forward-flushed",
                (request, response) -> {
                  response.getWriter().print("thrown away");
                  request.getRequestDispatcher("/part/flushed").forward(request, response);
                })
            .with(Needs.CONTAINER_THREAD),
        stored(
                "forward-wrapped",
                (request, response) ->
                    request
                        .getRequestDispatcher("/part/forwarded")
                        .forward(request, new HttpServletResponseWrapper(response)))
            .with(Needs.CONTAINER_THREAD),
        stored(
                "forward-twice",
                (request, response) ->
                    request.getRequestDispatcher("/part/again").forward(request, response))
            .with(Needs.CONTAINER_THREAD),
        notStored("time-out", FlowScenarios::answerAtTimeOut).with(Needs.SYNCHRONOUS_START),
        notStored(
                "time-out-unhandled",
                (request, response) -> {
                  response.setHeader("Cache-Control", Scenarios.MAX_AGE);
                  request.startAsync().setTimeout(50);
                })
            .with(Needs.SYNCHRONOUS_START),
        notStored(
                "time-out-after-writing",
                (request, response) -> {
                  response.setHeader("Cache-Control", Scenarios.MAX_AGE);
                  response.getWriter().print("a part, ");
                  response.flushBuffer();
                  answerAtTimeOut(request, response);
                })
            .with(Needs.SYNCHRONOUS_START));
  }

  private static void answerAtTimeOut(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext context = request.startAsync();
    context.setTimeout(50);
    context.addListener(
        new QuietListener() {
          @Override
          public void onTimeout(AsyncEvent event) throws java.io.IOException {
            response.setHeader("Cache-Control", Scenarios.MAX_AGE);
            response.setContentType("text/plain");
            response.getWriter().print("too late".toUpperCase(Locale.ROOT));
            event.getAsyncContext().complete();
          }
        });
  }
}
