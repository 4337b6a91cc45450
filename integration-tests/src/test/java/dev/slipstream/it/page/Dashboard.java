package dev.slipstream.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The dashboard in a tab, by what a person sees of it. */
record Dashboard(Page tab, String origin) {
  /** The addresses of all pages, an endpoint's among them. */
  static final List<String> PAGES =
      List.of(
          "overview",
          "cache",
          "endpoints",
          "endpoints?name=" + URLEncoder.encode("GET /users/{id}", StandardCharsets.UTF_8),
          "optimizer",
          "rules",
          "audit");

  /** Opens a page, and waits until the stream has begun and nothing of it is being read. */
  Dashboard open(String page) {
    tab.navigate(origin + "/#/" + page);
    return settled();
  }

  /** The same, with the answer to a request that the page makes. */
  JsonObject opening(String page, String path) {
    Response response =
        tab.waitForResponse(
            answer -> answer.url().split("\\?", 2)[0].endsWith("/api/v1" + path) && answer.ok(),
            () -> {
              tab.navigate("about:blank");
              tab.navigate(origin + "/#/" + page);
            });
    JsonObject answer = JsonParser.parseString(response.text()).getAsJsonObject();
    settled();
    return answer;
  }

  Dashboard settled() {
    assertThat(tab.locator("#connection")).hasText("Live");
    assertThat(tab.locator("[aria-busy]")).hasCount(0);
    return this;
  }

  /** What the API says now. */
  JsonObject api(String path) {
    String text =
        (String) tab.evaluate("async path => (await fetch('api/v1' + path)).text()", path);
    return JsonParser.parseString(text).getAsJsonObject();
  }

  /** The exact value of a figure at the top of the page. */
  Locator figure(String label) {
    return tab.locator(".figure")
        .filter(new Locator.FilterOptions().setHas(tab.getByText(label, exactText())))
        .locator("data");
  }

  private static Page.GetByTextOptions exactText() {
    return new Page.GetByTextOptions().setExact(true);
  }

  /**
   * Whether a figure is what the stream says: listens to it beside the page until the next sample.
   *
   * @return that they are equal, or both
   */
  String shownAndStreamed(String label, String name) {
    return (String)
        tab.evaluate(
            """
            async ([label, name]) => {
              const response = await fetch('api/v1/live');
              const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
              let text = '';
              while (!/data: .*\\n\\n/.test(text)) text += (await reader.read()).value;
              await reader.cancel();
              const said = String(JSON.parse(/data: (.*)\\n/.exec(text)[1]).point[name]);
              let shown = '';
              for (let i = 0; i < 60; i++) {
                const figure = [...document.querySelectorAll('.figure')]
                    .find((one) => one.querySelector('dt').textContent === label);
                shown = figure.querySelector('data')?.value;
                if (shown === said) return 'equal';
                await new Promise((resolve) => setTimeout(resolve, 25));
              }
              return shown + ' is shown, and ' + said + ' was streamed';
            }""",
            List.of(label, name));
  }

  /** A part of the page, by its heading. */
  Locator panel(String heading) {
    return tab.getByRole(
        AriaRole.REGION, new Page.GetByRoleOptions().setName(heading).setExact(true));
  }

  /** The rows of the table in a part of the page. */
  Locator rows(String heading) {
    return panel(heading).locator("tbody tr");
  }

  Locator button(String name) {
    return tab.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  /** The sentence that the page begins with. */
  Locator headline() {
    return tab.locator(".headline-line");
  }
}
