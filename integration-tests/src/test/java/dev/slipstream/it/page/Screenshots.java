package dev.slipstream.it.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Takes the pictures of docs/console.md, of a sample gateway with some minutes of traffic behind
 * it. Run by the profile {@code screenshots}.
 */
public final class Screenshots {
  private static final Path IMAGES = Path.of("..", "docs", "images");
  private static final Duration TRAFFIC = Duration.ofMinutes(4);
  private static final int DRAWING_MILLIS = 5_000;
  private static final int WIDE = 1280;
  private static final int PHONE = 375;

  private Screenshots() {}

  /** Takes them; the first argument is how many seconds of traffic to wait for, else 240. */
  public static void main(String[] arguments) throws Exception {
    long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : TRAFFIC.toSeconds();
    Files.createDirectories(IMAGES);
    Path folder = Files.createTempDirectory("slipstream-screenshots");
    try (Stage stage = Stage.in(folder);
        Chromium chromium = Chromium.start()) {
      TimeUnit.SECONDS.sleep(seconds);
      for (String page : List.of("overview", "cache", "optimizer", "rules")) {
        take(chromium, stage, page, page, WIDE, 900, ColorScheme.LIGHT);
      }
      take(chromium, stage, "endpoints", "endpoints", WIDE, 700, ColorScheme.DARK);
      take(chromium, stage, Dashboard.PAGES.get(3), "endpoint", WIDE, 900, ColorScheme.DARK);
      take(chromium, stage, "overview", "phone", PHONE, 760, ColorScheme.DARK);
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
