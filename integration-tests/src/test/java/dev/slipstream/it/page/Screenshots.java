package dev.slipstream.it.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Takes the pictures of docs/console.md, of a sample gateway with some minutes of traffic behind
 * it. Run by the profile {@code screenshots}.
 */
public final class Screenshots {
  private static final Path IMAGES = Path.of("..", "docs", "images");
  private static final int TRAFFIC_SECONDS = 240;
  private static final int DRAWING_MILLIS = 5_000;
  private static final int WIDE = 1280;
  private static final int PHONE = 375;

  private Screenshots() {}

  /** Takes them; the first argument is how many seconds of traffic to wait for, else 240. */
  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : TRAFFIC_SECONDS;
    double third = 1_000.0 * seconds / 3;
    Files.createDirectories(IMAGES);
    Path folder = Files.createTempDirectory("slipstream-screenshots");
    try (Stage stage = Stage.in(folder);
        Chromium chromium = Chromium.start()) {
      Page clock = chromium.tab(stage.url());
      clock.waitForTimeout(third);
      makeUp(stage, "memory", 85);
      clock.waitForTimeout(third);
      makeUp(stage, "cpu", 93);
      clock.waitForTimeout(third);
      for (String page : List.of("overview", "cache", "optimizer")) {
        take(chromium, stage, page, page, WIDE, 900, ColorScheme.LIGHT);
      }
      take(chromium, stage, Dashboard.PAGES.get(3), "endpoint", WIDE, 900, ColorScheme.DARK);
      take(chromium, stage, "overview", "phone", PHONE, 760, ColorScheme.DARK);
    }
  }

  /** Has rules enter, so that there is something to see; what is made up is marked as such. */
  private static void makeUp(Stage stage, String metric, int value) throws Exception {
    String question = "metric=" + metric + "&value=" + value + "&seconds=20&looking=0";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stage.url() + "/api/v1/test/performance?" + question))
            .header("Authorization", "Bearer " + stage.token())
            .POST(BodyPublishers.noBody())
            .build();
    int status = HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new AssertionError("the console answered with " + status);
    }
  }

  private static void take(
      Chromium chromium,
      Stage stage,
      String page,
      String name,
      int width,
      int height,
      ColorScheme colours) {
    Page tab = chromium.tab(stage.url(), width, height, colours);
    new Dashboard(tab, stage.url()).open(page);
    tab.waitForTimeout(DRAWING_MILLIS);
    tab.screenshot(
        new Page.ScreenshotOptions().setPath(IMAGES.resolve("console-" + name + ".png")));
    tab.context().close();
  }
}
