package dev.slipstream.engine.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * docs/jmx.md says what the beans are. {@code -Djmx.doc.write=true} writes that part of it anew.
 */
class JmxPageTest {
  private static final Path PAGE = Path.of("../../docs/jmx.md");
  private static final String BEGIN = "<!-- Made from the beans by JmxPageTest. -->\n";
  private static final String END = "<!-- The end of what is made from them. -->\n";

  @Test
  void page_isMadeFromTheBeans() throws Exception {
    String beans;
    try (AllBeans all = new AllBeans("redis_url=redis://127.0.0.1:1")) {
      all.exchange("GET", "/users/1");
      all.awaitBeansOfEndpoints(1);
      beans = JmxPage.of(all.infos());
    }
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(end).isGreaterThanOrEqualTo(begin);
    if (Boolean.getBoolean("jmx.doc.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + '\n' + beans + '\n' + page.substring(end));
    }

    assertThat(Files.readString(PAGE)).contains(BEGIN + '\n' + beans + '\n' + END);
  }
}
