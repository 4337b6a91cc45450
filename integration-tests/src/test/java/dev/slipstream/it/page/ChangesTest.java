package dev.slipstream.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages send, where the answers are the test's: those of two gateways, and slow ones. */
final class ChangesTest {
  private static final String RULE =
      """
      {"name": "high_cpu_gc", "target": "TARGET", "state": "out", "enabled": true, "unit": "percent",
       "threshold": 80, "entered": 0, "entered_last_hour": 0, "active": 0, "active_ms": 0}""";
  private static final String RULES =
      "{\"level\": \"balanced\", \"level_in_force\": \"balanced\", \"mode\": \"act\", \"rules\": ["
          + RULE.replace("TARGET", "one")
          + ", "
          + RULE.replace("TARGET", "two")
          + "]}";

  @TempDir private static Path folder;

  private static Chromium chromium;
  private static JarProcess console;

  private final List<String> sent = new ArrayList<>();
  private Page tab;
  private Dashboard page;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    console = Stage.startConsole(folder, 0, "nobody=127.0.0.1:1");
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (console != null) {
      console.close();
    }
  }

  @BeforeEach
  void open() {
    tab = chromium.tab(console.url());
    page = new Dashboard(tab, console.url());
  }

  @AfterEach
  void close() {
    tab.context().close();
  }

  private void answer(String path, String body) {
    tab.route(
        url -> url.contains("/api/v1" + path),
        route -> {
          Request request = route.request();
          if (!request.method().equals("GET")) {
            String url = URLDecoder.decode(request.url(), StandardCharsets.UTF_8);
            String change = request.postData() == null ? "" : " " + request.postData();
            sent.add(url.substring(url.indexOf("/api/v1") + 7) + change);
          }
          fulfil(route, body);
        });
  }

  private static void fulfil(Route route, String body) {
    route.fulfill(new Route.FulfillOptions().setContentType("application/json").setBody(body));
  }

  private void confirm(String question, String reason) {
    Locator dialog = tab.locator("dialog");
    assertThat(dialog).containsText(question);
    tab.getByLabel("Reason, for the audit log").fill(reason);
    dialog.locator("button.primary").click();
    assertThat(dialog).hasCount(0);
  }

  @Test
  void ruleOfAGateway_isChangedThereAlone_withAReason_andNotIfItIsCancelled() {
    answer("/performance/rules", RULES);
    page.open("optimizer");
    Locator second = page.rows("Rules").nth(1);
    second.locator("[role=switch]").click();
    confirm("Turn high cpu gc off at two?", "import");
    second.locator("[title='Change this threshold']").click();
    second.locator("input.threshold").fill("85");
    second.locator("button:text('Set')").click();
    confirm("at two?", "");
    Locator first = page.rows("Rules").first().locator("[role=switch]");
    first.click();
    page.button("Cancel").click();
    assertThat(first).isChecked();
    assertThat(sent)
        .containsExactly(
            "/performance/rules/high_cpu_gc?target=two {\"enabled\":false,\"reason\":\"import\"}",
            "/performance/rules/high_cpu_gc?target=two {\"threshold\":85}");
  }

  @Test
  void level_isThatOfAllGateways_andAsksWhy() {
    answer("/performance/rules", RULES);
    answer("/performance/level", RULES);
    page.open("optimizer");
    tab.getByLabel("Level").selectOption("aggressive");
    confirm("Set the level to aggressive at all gateways?", "sale");
    assertThat(page.panel("Rules")).containsText("Changed.");
    assertThat(sent)
        .containsExactly("/performance/level {\"level\":\"aggressive\",\"reason\":\"sale\"}");
  }

  @Test
  void rulesFile_isReadAgain_withAReason() {
    answer("/rules", "{\"rules\": [], \"advice\": [], \"files\": [{\"target\": \"two\"}]}");
    answer("/rules/reload", "{\"reloads\": [], \"targets\": []}");
    page.open("rules");
    page.button("Read the file again").click();
    confirm("Read the rules file of two again?", "release 7");
    assertThat(page.panel("Files")).containsText("it is in force");
    assertThat(sent).containsExactly("/rules/reload?target=two&reason=release+7".replace('+', ' '));
  }

  @Test
  void search_thatIsOlderAndSlower_doesNotTakeThePlaceOfTheNewOne() {
    List<Route> slow = new ArrayList<>();
    tab.route(
        url -> url.contains("/api/v1/cache/keys"),
        route -> {
          if (route.request().url().contains("new")) {
            fulfil(route, keys("GET:/new"));
          } else {
            slow.add(route);
          }
        });
    tab.navigate(console.url() + "/#/cache");
    tab.locator("slip-keys input").fill("new*");
    page.button("Look").click();
    Locator found = page.panel("Keys");
    assertThat(found).containsText("/new");
    slow.forEach(
        route -> {
          try {
            fulfil(route, keys("GET:/old"));
          } catch (PlaywrightException e) {
            assertThat(e).as("whose request was given up").isNotNull();
          }
        });
    assertThat(slow).isNotEmpty();
    tab.evaluate("() => new Promise((done) => setTimeout(done, 200))");
    assertThat(found).containsText("/new");
    assertThat(found).not().containsText("/old");
  }

  private static String keys(String key) {
    return "{\"truncated\": false, \"keys\": [{\"key\": \"" + key + "\", \"l1\": true}]}";
  }

  @Test
  void gatewayThatIsNotThere_isNotTakenForTheConsole() {
    tab.navigate(console.url() + "/#/overview?target=gateway-4711");
    Locator banner = tab.locator(".banner");
    assertThat(banner).containsText("There is no gateway gateway-4711");
    assertThat(tab.locator("#connection")).hasText("No such gateway");
    banner.getByText("All gateways").click();
    assertThat(tab.locator("#connection")).hasText("Live");
    assertThat(tab.locator("#banners")).not().containsText("gateway-4711");
  }
}
