package dev.slipstream.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page on a live gateway under traffic: that it says what the API says, that it can be used
 * by anyone, that what it changes is changed, and that it outlives its gateway.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DashboardTest {
  private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
      new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);

  @TempDir private static Path folder;

  private static Chromium chromium;
  private static Stage stage;
  private static Dashboard wide;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    stage = Stage.in(folder);
    wide = new Dashboard(chromium.tab(stage.url()), stage.url());
    wide.open("overview");
    assertThat(wide.headline()).containsText("of cacheable requests", PATIENTLY);
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (stage != null) {
      stage.close();
    }
  }

  @AfterEach
  void page_complainsOfNothing_andAsksNobodyElse() {
    assertThat(chromium.complaints()).isEmpty();
  }

  private static Dashboard phone(ColorScheme colours) {
    return new Dashboard(chromium.tab(stage.url(), 375, 800, colours), stage.url());
  }

  private static List<JsonElement> list(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  @Test
  void overview_saysWhatTheStreamAndTheApiSay() {
    wide.open("overview");
    assertThat(wide.shownAndStreamed("Hit rate", "hit_rate")).isEqualTo("equal");
    assertThat(wide.shownAndStreamed("Requests", "requests_per_second")).isEqualTo("equal");
    assertThat(wide.headline()).containsText("of cacheable requests");
    JsonArray goals = wide.opening("overview", "/performance/kpis").getAsJsonArray("kpis");
    assertThat(wide.rows("Against the targets")).hasCount(goals.size());
    for (JsonElement goal : goals) {
      JsonElement value = goal.getAsJsonObject().get("value");
      Locator row =
          wide.rows("Against the targets")
              .filter(
                  new Locator.FilterOptions()
                      .setHasText(goal.getAsJsonObject().get("label").getAsString()));
      if (value.isJsonNull()) {
        assertThat(row.first()).containsText("–");
      } else {
        String shown = row.locator("data").first().getAttribute("value");
        assertThat(Double.parseDouble(shown)).as(goal.toString()).isEqualTo(value.getAsDouble());
      }
    }
  }

  @Test
  void cache_saysWhatTheTiersSay() {
    JsonObject details = wide.opening("cache", "/cache/details").getAsJsonObject("cache_details");
    JsonObject outcomes = details.getAsJsonObject("outcomes");
    long hits = outcomes.get("hit_l1").getAsLong();
    Locator row =
        wide.rows("How requests were answered")
            .filter(new Locator.FilterOptions().setHasText("hit l1"));
    String counted = row.locator("data").first().getAttribute("value");
    assertThat(Long.parseLong(counted)).isGreaterThanOrEqualTo(hits);
    assertThat(wide.panel("Memory of L1").or(wide.tab().locator("slip-chart")).first()).isVisible();
  }

  @Test
  void keyBrowser_showsEachKey_andNoBody() {
    JsonArray keys = wide.opening("cache", "/cache/keys").getAsJsonArray("keys");
    Locator tree = wide.tab().getByLabel("Keys as a tree");
    assertThat(tree).containsText("http_responses");
    wide.panel("Keys").getByLabel("Pattern of keys").fill("*/users/7:*");
    wide.button("Look").click();
    assertThat(wide.tab().locator(".found")).containsText("1 key");
    Locator groups = tree.locator("[aria-expanded=false]");
    while (groups.count() > 0) {
      groups.first().click();
    }
    tree.locator(".leaf").first().click();
    Locator dialog = wide.tab().locator("dialog");
    assertThat(dialog).containsText("/users/7");
    assertThat(dialog).containsText("masked");
    assertThat(dialog).containsText("application/json");
    dialog.getByText("Close").click();
    assertThat(keys).isNotEmpty();
  }

  @Test
  void endpoints_areThoseOfTheApi_sortedAndSearched() {
    JsonArray all = wide.opening("endpoints", "/performance/endpoints").getAsJsonArray("endpoints");
    assertThat(wide.rows("All endpoints")).hasCount(all.size());
    wide.tab().keyboard().press("/");
    wide.tab().keyboard().type("users/{id}");
    assertThat(wide.rows("All endpoints")).hasCount(1);
    wide.tab().getByLabel("Search endpoints").fill("");
    Locator header = wide.tab().locator("th[data-key=endpoint]");
    assertThat(header).hasAttribute("aria-sort", "none");
    header.locator("button").click();
    assertThat(header).hasAttribute("aria-sort", "ascending");
    List<String> names = wide.rows("All endpoints").locator("td:first-child").allTextContents();
    assertThat(names).isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
    wide.tab().getByText("GET /users/{id}", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(wide.headline()).containsText("95 % are answered within");
    assertThat(wide.panel("How long its answers may live")).containsText("Verdict");
    assertThat(wide.rows("Times of the last minute")).hasCount(3);
  }

  @Test
  void optimizer_showsItsRulesAndTheSystem() {
    JsonArray rules = wide.opening("optimizer", "/performance/rules").getAsJsonArray("rules");
    assertThat(wide.rows("Rules")).hasCount(rules.size());
    assertThat(wide.panel("System resources").locator("canvas")).hasCount(6);
    assertThat(wide.headline()).containsText("level");
  }

  @Test
  void rules_areInOrder_andTellWhichTakesAUrl() {
    JsonArray rules = wide.opening("rules", "/rules").getAsJsonArray("rules");
    assertThat(wide.rows("In force, in order")).hasCount(rules.size());
    assertThat(wide.rows("In force, in order").first()).containsText("users");
    wide.tab().getByLabel("URL or path").fill("/users/7");
    wide.button("Ask").click();
    Locator answer = wide.panel("Which rule takes this URL?");
    assertThat(answer).containsText("Rule users");
    assertThat(answer).containsText("GET:/users/7");
    wide.tab().getByLabel("Rules, as YAML").fill("rules:\n  - name: x\n    ttl: abc\n");
    wide.button("Check").click();
    assertThat(wide.panel("Check a file before it is used")).containsText("\"abc\"");
  }

  @Test
  void invalidationByTheForm_countsFirst_asksForTheToken_andRemoves() {
    Dashboard page = new Dashboard(chromium.tab(stage.url()), stage.url());
    page.open("cache");
    assertThat(page.tab().locator(".account-role")).containsText("Not signed in");
    Locator form = page.panel("Invalidate by tag or pattern");
    form.locator("[name=tags]").fill("code");
    form.getByText("Count what this removes").click();
    page.tab().locator("#token").fill("wrong-" + "x".repeat(40));
    page.button("Use this token").click();
    assertThat(page.tab().locator("dialog")).containsText("does not accept the token");
    page.tab().locator("#token").fill(stage.token());
    page.button("Use this token").click();
    Locator dialog = page.tab().locator("dialog");
    assertThat(dialog).containsText("Remove ");
    assertThat(dialog).containsText("code");
    page.tab().getByLabel("Reason, for the audit log").fill("release 7");
    dialog.locator("button.danger").click();
    assertThat(form.locator(".good")).containsText("Removed ");
    assertThat(page.tab().locator(".account-role")).containsText("You may read and change");
    page.open("audit");
    assertThat(page.rows("Changes").first()).containsText("release 7");
    assertThat(page.rows("Changes").first()).containsText("done");
    assertThat(chromium.complaints())
        .isNotEmpty()
        .allSatisfy(complaint -> assertThat(complaint).contains("401"));
    page.tab().context().close();
  }

  @Test
  void pages_haveNoViolationThatAxeFinds_inBothThemes() {
    List<String> found = new ArrayList<>();
    for (String name : Dashboard.PAGES) {
      wide.open(name);
      found.addAll(violations(name, new AxeBuilder(wide.tab())));
      wide.tab().getByLabel("Colours").selectOption("dark");
      AxeBuilder colours = new AxeBuilder(wide.tab()).withRules(List.of("color-contrast"));
      found.addAll(violations(name + " in dark", colours));
      wide.tab().getByLabel("Colours").selectOption("");
    }
    assertThat(found).isEmpty();
  }

  private static List<String> violations(String page, AxeBuilder axe) {
    return axe.analyze().getViolations().stream()
        .map(rule -> page + ": " + rule.getId() + " " + rule.getNodes())
        .toList();
  }

  @Test
  void onAPhone_nothingIsWiderThanTheScreen() {
    Dashboard page = phone(ColorScheme.DARK);
    for (String name : Dashboard.PAGES) {
      page.open(name);
      assertThat(page.tab().evaluate("document.documentElement.scrollWidth"))
          .as(name)
          .isEqualTo(375);
    }
    page.tab().context().close();
  }

  @Test
  void keyboard_reachesEverything_andShowsWhereItIs() {
    Dashboard page = new Dashboard(chromium.tab(stage.url()), stage.url());
    page.open("endpoints");
    Set<Object> reached = new LinkedHashSet<>();
    for (int i = 0; i < 60; i++) {
      page.tab().keyboard().press("Tab");
      Object at =
          page.tab()
              .evaluate(
                  """
                  () => {
                    const at = document.activeElement;
                    if (at === document.body) return null;
                    const shown = getComputedStyle(at).outlineStyle !== 'none' ||
                        (at.type === 'radio' && getComputedStyle(at.nextElementSibling).outlineStyle !== 'none');
                    const name = at.getAttribute('aria-label') || at.textContent.trim() || at.value;
                    return (shown ? '' : 'UNSEEN ') + at.tagName + ' ' + name;
                  }""");
      if (at == null || !reached.add(at)) {
        break;
      }
    }
    assertThat(reached)
        .startsWith("A Skip to content")
        .contains("A Overview", "A Audit", "SELECT Gateway", "INPUT Search endpoints")
        .contains("BUTTON Endpoint", "A GET /users/{id}")
        .anySatisfy(at -> assertThat(at.toString()).startsWith("BUTTON CSV"))
        .allSatisfy(at -> assertThat(at.toString()).doesNotStartWith("UNSEEN"));
    page.tab().context().close();
  }

  @Test
  void table_isExportedAsItIsShown() throws IOException {
    wide.open("endpoints");
    Locator panel = wide.panel("All endpoints");
    Download csv = wide.tab().waitForDownload(() -> panel.getByText("CSV").click());
    assertThat(csv.suggestedFilename()).isEqualTo("endpoints.csv");
    List<String> lines = Files.readAllLines(csv.path());
    assertThat(lines.get(0)).startsWith("endpoint,requests,requests_per_second,hit_rate,");
    assertThat(lines).hasSize(wide.rows("All endpoints").count() + 1);
    Download json = wide.tab().waitForDownload(() -> panel.getByText("JSON").click());
    JsonArray rows = JsonParser.parseString(Files.readString(json.path())).getAsJsonArray();
    assertThat(list(rows))
        .extracting(row -> row.getAsJsonObject().get("endpoint").getAsString())
        .contains("GET /users/{id}");
  }

  @Test
  @Order(Integer.MAX_VALUE - 1)
  void gatewayThatIsKilled_isSaidToBeAway_untilItReturns() {
    wide.open("overview");
    stage.killGateway();
    Locator banner = wide.tab().locator(".banner");
    assertThat(banner).containsText(Stage.GATEWAY, PATIENTLY);
    assertThat(banner).containsText("since");
    assertThat(wide.headline()).containsText("Down.");
    stage.restartGateway();
    assertThat(banner).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(30_000));
    assertThat(wide.headline()).containsText("of cacheable requests", PATIENTLY);
    assertThat(wide.panel("Gateways")).containsText("up", PATIENTLY);
    forgetRefusedRequests();
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void consoleThatIsKilled_isSaidToBeAway_untilItReturns() {
    wide.open("cache");
    stage.killConsole();
    Locator banner = wide.tab().locator(".banner");
    assertThat(banner).containsText("The console has been away since", PATIENTLY);
    assertThat(wide.tab().locator("#connection")).hasText("Away");
    stage.restartConsole();
    banner.getByText("Try now").click();
    assertThat(banner).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(30_000));
    assertThat(wide.tab().locator("#connection")).hasText("Live");
    forgetRefusedRequests();
  }

  /** What the browser says of requests that failed, and nothing else. */
  private static void forgetRefusedRequests() {
    assertThat(chromium.complaints())
        .allSatisfy(complaint -> assertThat(complaint).contains("Failed to load resource"));
  }
}
