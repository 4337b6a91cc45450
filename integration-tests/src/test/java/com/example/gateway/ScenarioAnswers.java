package com.example.gateway;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Answers {@code /STYLE/SCENARIO}, wherever that is asked for. */
final class ScenarioAnswers {
  private static final Executor OTHER_THREADS =
      Executors.newFixedThreadPool(
          8,
          task -> {
            Thread thread = new Thread(task, "application");
            thread.setDaemon(true);
            return thread;
          });

  private ScenarioAnswers() {}

  /**
   * Answers.
   *
   * @param mapping what the path within the context begins with
   * @param pathInfo what comes after it
   */
  static void answer(
      String mapping, String pathInfo, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Runs.enter(request);
    String[] path = pathInfo.substring(1).split("/", -1);
    Scenario scenario = Scenarios.named(path[1]);
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      answer(scenario, request, response);
      return;
    }
    switch (Style.valueOf(path[0])) {
      case SYNC -> answer(scenario, request, response);
      case ASYNC -> inOtherThread(scenario, request.startAsync());
      case ASYNC_CAPTURED -> {
        AsyncContext context = request.startAsync();
        OTHER_THREADS.execute(() -> answerAndComplete(scenario, context, request, response));
      }
      case ASYNC_ARGUMENTS -> inOtherThread(scenario, request.startAsync(request, response));
      case ASYNC_WRAPPED ->
          inOtherThread(
              scenario,
              request.startAsync(
                  new HttpServletRequestWrapper(request),
                  new HttpServletResponseWrapper(response)));
      case ASYNC_START -> {
        AsyncContext context = request.startAsync();
        context.start(() -> answerAndComplete(scenario, context));
      }
      case DISPATCH_SELF -> {
        AsyncContext context = request.startAsync();
        OTHER_THREADS.execute(context::dispatch);
      }
      case DISPATCH_PATH -> {
        AsyncContext context = request.startAsync();
        String target = mapping + "/SYNC/" + scenario.name();
        OTHER_THREADS.execute(() -> context.dispatch(target));
      }
      case DISPATCH_AT_ONCE -> request.startAsync().dispatch();
    }
  }

  private static void inOtherThread(Scenario scenario, AsyncContext context) {
    OTHER_THREADS.execute(() -> answerAndComplete(scenario, context));
  }

  private static void answerAndComplete(Scenario scenario, AsyncContext context) {
    answerAndComplete(
        scenario,
        context,
        (HttpServletRequest) context.getRequest(),
        (HttpServletResponse) context.getResponse());
  }

  /** As frameworks do: what is thrown outside the container's threads becomes a 500. */
  private static void answerAndComplete(
      Scenario scenario,
      AsyncContext context,
      HttpServletRequest request,
      HttpServletResponse response) {
    try {
      answer(scenario, request, response);
    } catch (IOException | ServletException | RuntimeException failure) {
      if (!response.isCommitted()) {
        try {
          response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, failure.getMessage());
        } catch (IOException gone) {
          throw new UncheckedIOException(gone);
        }
      }
    }
    context.complete();
  }

  private static void answer(
      Scenario scenario, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Runs.count(request);
    Runs.stamp(request, response);
    scenario.answer().write(request, response);
  }
}
