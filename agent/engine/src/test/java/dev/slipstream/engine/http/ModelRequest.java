package dev.slipstream.engine.http;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A request as the model understands it, beside the one that the cache sees.
 *
 * @param identity who asks, or {@link #NOBODY}
 * @param range the first and the last offset asked for, or null
 * @param rules the rules in force when it came
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ModelRequest(
    TestRequest sent,
    String target,
    String identity,
    int maxAge,
    int minFresh,
    int maxStale,
    boolean noCache,
    boolean noStore,
    boolean onlyIfCached,
    boolean preview,
    int @Nullable [] range,
    List<ModelRule> rules) {
  static final String NOBODY = "nobody";

  private static final String[] METHODS = {"HEAD", "POST", "PUT", "DELETE"};
  private static final String[] LANGUAGES = {"", "", "", "en", "EN", "de", "en, de", "en,de"};

  static ModelRequest any(Random random, ModelOrigin origin, long now, List<ModelRule> rules) {
    String method = random.nextInt(6) == 0 ? METHODS[random.nextInt(METHODS.length)] : "GET";
    String target = ModelOrigin.TARGETS[random.nextInt(ModelOrigin.TARGETS.length)];
    TestRequest sent = TestRequest.of(method, target);
    add(sent, "Accept-Language", LANGUAGES[random.nextInt(LANGUAGES.length)]);
    add(sent, "X-Device", random.nextInt(4) == 0 ? "phone" : "");
    String identity = identify(sent, random);
    boolean preview = random.nextInt(20) == 0;
    add(sent, "X-Preview", preview ? "1" : "");
    int[] range = range(random, method);
    if (range != null) {
      sent.field("Range", "bytes=" + range[0] + "-" + range[1]);
    }
    List<String> tags = origin.tagsOf(target);
    String tag = tags.isEmpty() ? "\"r0\"" : tags.get(random.nextInt(tags.size()));
    switch (random.nextInt(12)) {
      case 0 -> sent.field("If-None-Match", tag);
      case 1 -> sent.field("If-None-Match", "\"other\", " + tag);
      case 2 -> sent.field("If-Modified-Since", HttpDate.format(now - random.nextInt(600_000)));
      default -> add(sent, "If-Range", range != null && random.nextInt(3) == 0 ? tag : "");
    }
    boolean wishes = random.nextInt(4) == 0;
    ModelRequest request =
        new ModelRequest(
            sent,
            target,
            identity,
            wishes && random.nextInt(3) == 0 ? random.nextInt(60) : -1,
            wishes && random.nextInt(4) == 0 ? random.nextInt(40) : -1,
            wishes && random.nextInt(3) == 0 ? random.nextInt(200) : -1,
            wishes && random.nextInt(5) == 0,
            wishes && random.nextInt(5) == 0,
            wishes && random.nextInt(5) == 0,
            preview,
            range,
            rules);
    add(sent, "Cache-Control", request.cacheControl());
    return request;
  }

  private static void add(TestRequest sent, String name, String value) {
    if (!value.isEmpty()) {
      sent.field(name, value);
    }
  }

  private static String identify(TestRequest sent, Random random) {
    switch (random.nextInt(10)) {
      case 0, 1 -> {
        sent.field("Authorization", "Bearer a");
        return "a";
      }
      case 2 -> {
        sent.field("Cookie", "_ga=1; SID=b");
        return "b";
      }
      case 3 -> {
        sent.session("c");
        return "c";
      }
      case 4 -> sent.field("Cookie", "_ga=" + random.nextInt(9)); // harmless
      default -> {}
    }
    return NOBODY;
  }

  private static int @Nullable [] range(Random random, String method) {
    if (random.nextInt(8) > 0 || !method.equals("GET")) {
      return null;
    }
    int first = random.nextInt(random.nextInt(10) == 0 ? 200 : 25);
    return new int[] {first, first + random.nextInt(30)};
  }

  private String cacheControl() {
    StringBuilder text = new StringBuilder();
    argument(text, "max-age", maxAge);
    argument(text, "min-fresh", minFresh);
    argument(text, "max-stale", maxStale);
    text.append(noCache ? "no-cache, " : "").append(noStore ? "no-store, " : "");
    return text.append(onlyIfCached ? "only-if-cached" : "").toString();
  }

  private static void argument(StringBuilder text, String name, int seconds) {
    if (seconds >= 0) {
      text.append(name).append('=').append(seconds).append(", ");
    }
  }

  String method() {
    return sent.method();
  }

  @Nullable ModelRule rule() {
    return ModelRule.match(rules, sent.path());
  }

  /** The target as the key has it. */
  String keyedTarget() {
    ModelRule rule = rule();
    return rule != null && rule.ignoresUtm() ? withoutUtm(target) : target;
  }

  static String withoutUtm(String target) {
    return target.replaceAll("utm_x=\\d", "");
  }
}
