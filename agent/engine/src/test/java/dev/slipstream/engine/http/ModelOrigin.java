package dev.slipstream.engine.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The model's application: ten URLs, what each answers now, and every body that it ever made. */
final class ModelOrigin {
  static final String[] TARGETS = {
    "/a/1",
    "/a/2",
    "/a/2?page=1",
    "/a/2?page=1&utm_x=7",
    "/b/1",
    "/b/2?utm_x=1",
    "/b/2?utm_x=2",
    "/c/1",
    "/c/2",
    "/c/2?q="
  };

  private static final int[] STATUSES = {200, 200, 200, 200, 200, 200, 200, 404, 500, 503};
  private static final String[] VARY = {"", "", "", "Accept-Language", "X-Device", "*"};

  private final Random random;
  private final Map<String, Resource> resources = new HashMap<>();
  private final Map<String, Representation> made = new HashMap<>();

  /** What a URL answers with until it changes. */
  static final class Resource {
    int status;
    ModelDirectives said;
    String vary;
    boolean byLanguage;
    boolean readsLanguage;
    boolean personal;
    boolean setsCookie;
    @Nullable String validator;
    long changedMillis;
    int expiresSeconds;
    List<String> tags;
    final Map<String, Representation> representations = new HashMap<>();

    Resource(ModelDirectives said) {
      this.status = 200;
      this.said = said;
      this.vary = "";
      this.tags = List.of();
    }
  }

  /**
   * One body.
   *
   * @param target the path and query it was made for
   * @param modifiedMillis its Last-Modified, or 0
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by its id alone
  record Representation(
      String id, String target, @Nullable String etag, long modifiedMillis, byte[] body) {
    @Override
    public String toString() {
      return id + " of " + target + " " + etag;
    }
  }

  /**
   * What the application answers.
   *
   * @param body what goes out of the representation
   * @param readsLanguage whether it looked at the language, be it named by {@code vary} or not
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(
      int status,
      Fields fields,
      byte[] body,
      Representation representation,
      ModelDirectives said,
      String vary,
      boolean readsLanguage,
      List<String> tags) {}

  private static Answer answer(
      int status, Fields.Builder fields, byte[] body, Representation of, Resource now) {
    return new Answer(
        status, fields.build(), body, of, now.said, now.vary, now.readsLanguage, now.tags);
  }

  ModelOrigin(Random random, long nowMillis) {
    this.random = random;
    for (String target : TARGETS) {
      resources.put(of(target), new Resource(ModelDirectives.any(random)));
      change(target, nowMillis);
    }
  }

  /** What is left out of a key by some rules does not matter to the application either. */
  private static String of(String target) {
    return ModelRequest.withoutUtm(target);
  }

  private Resource resource(String target) {
    return Objects.requireNonNull(resources.get(of(target)));
  }

  Representation made(@Nullable String id) {
    return Objects.requireNonNull(made.get(Objects.requireNonNull(id)), id);
  }

  /** Another body, validator, status and other directives. */
  void change(String target, long nowMillis) {
    Resource resource = resource(target);
    resource.representations.clear();
    resource.status = STATUSES[random.nextInt(STATUSES.length)];
    resource.said = ModelDirectives.any(random);
    resource.vary = VARY[random.nextInt(VARY.length)];
    resource.readsLanguage = random.nextInt(4) == 0;
    resource.byLanguage =
        (resource.readsLanguage || resource.vary.equals("Accept-Language"))
            && random.nextInt(3) > 0;
    resource.personal = random.nextInt(4) == 0;
    resource.setsCookie = random.nextInt(12) == 0;
    resource.validator = resource.personal || random.nextBoolean() ? anyTag() : null;
    // A Last-Modified is no validator for two changes within a second, nor for two askers.
    boolean dated = nowMillis > resource.changedMillis + 1_000 && !resource.personal;
    resource.changedMillis = dated && random.nextBoolean() ? nowMillis / 1000 * 1000 : 0;
    resource.expiresSeconds = random.nextInt(5) == 0 ? random.nextInt(100) : -1;
    resource.tags = random.nextBoolean() ? List.of() : List.of("t" + random.nextInt(4));
  }

  /** The same body with other directives. */
  void restate(String target) {
    Resource resource = resource(target);
    resource.said = ModelDirectives.any(random);
    resource.setsCookie = random.nextInt(6) == 0;
  }

  /** The same body, but the application fails for a while, or no longer. */
  void fail(String target) {
    Resource resource = resource(target);
    resource.status = resource.status == 200 ? random.nextBoolean() ? 500 : 503 : 200;
  }

  private String anyTag() {
    return random.nextInt(3) == 0 ? "W/" : "";
  }

  /** Answers a request, as the application sees it. */
  Answer answer(String method, String target, String identity, Fields asked, long nowMillis) {
    Resource resource = resource(target);
    String language = String.valueOf(CacheModel.normalised(asked, "Accept-Language"));
    String key = (resource.byLanguage ? language : "") + '|' + (resource.personal ? identity : "");
    Representation current =
        resource.representations.computeIfAbsent(key, same -> make(target, resource));
    if (resource.status == 200 && method.equals("GET") && matches(asked, current)) {
      return answer(304, head(resource, current, nowMillis), new byte[0], current, resource);
    }
    Fields.Builder fields = head(resource, current, nowMillis);
    byte[] body = current.body();
    int status = resource.status;
    String range = asked.first("Range");
    if (range != null && status == 200 && method.equals("GET") && asked.first("If-Range") == null) {
      int first = Integer.parseInt(range.substring("bytes=".length(), range.indexOf('-')));
      int last =
          Math.min(body.length - 1, Integer.parseInt(range.substring(range.indexOf('-') + 1)));
      if (first <= last && random.nextBoolean()) {
        fields.add("Content-Range", "bytes " + first + "-" + last + "/" + body.length);
        body = Arrays.copyOfRange(body, first, last + 1);
        status = 206;
      }
    }
    if (!method.equals("HEAD")) {
      fields.add("X-Body", current.id());
    }
    if (method.equals("HEAD") || random.nextBoolean()) {
      fields.add("Content-Length", Integer.toString(body.length));
    }
    return answer(status, fields, body, current, resource);
  }

  private Representation make(String target, Resource resource) {
    String id = "r" + made.size();
    StringBuilder body = new StringBuilder();
    for (int block = 0; block < 4 + made.size() % 3; block++) {
      body.append(id).append(':').append(block).append(' ');
    }
    String etag = resource.validator == null ? null : resource.validator + '"' + id + '"';
    Representation representation =
        new Representation(
            id,
            target,
            etag,
            resource.changedMillis,
            body.toString().getBytes(StandardCharsets.UTF_8));
    made.put(id, representation);
    return representation;
  }

  private Fields.Builder head(Resource resource, Representation of, long nowMillis) {
    Fields.Builder fields = Fields.builder();
    fields.add("Cache-Control", resource.said.text());
    if (!resource.vary.isEmpty()) {
      fields.add("Vary", resource.vary);
    }
    if (of.etag() != null) {
      fields.add("ETag", of.etag());
    }
    if (of.modifiedMillis() > 0) {
      fields.add("Last-Modified", HttpDate.format(of.modifiedMillis()));
    }
    boolean dated = random.nextInt(3) == 0;
    long date = nowMillis / 1000 * 1000 - 1000L * (dated ? random.nextInt(10) : 0);
    if (dated) {
      fields.add("Date", HttpDate.format(date));
    }
    if (resource.expiresSeconds >= 0) {
      fields.add("Expires", HttpDate.format(nowMillis + resource.expiresSeconds * 1000L));
    }
    if (random.nextInt(5) == 0) {
      fields.add("Age", Integer.toString(random.nextInt(30)));
    }
    if (resource.setsCookie) {
      fields.add("Set-Cookie", "SID=" + of.id());
    }
    return fields;
  }

  private static boolean matches(Fields asked, Representation current) {
    List<String> tags = asked.all("If-None-Match");
    if (!tags.isEmpty()) {
      String all = String.join(",", tags);
      return current.etag() != null && all.contains('"' + current.id() + '"');
    }
    String since = asked.first("If-Modified-Since");
    return since != null
        && current.modifiedMillis() > 0
        && current.modifiedMillis() <= HttpDate.parse(since, 0);
  }

  /** The tags of the bodies of a URL, the latest last. */
  List<String> tagsOf(String target) {
    List<String> tags = new ArrayList<>();
    for (Representation representation : resource(target).representations.values()) {
      if (representation.etag() != null) {
        tags.add(representation.etag());
      }
    }
    return tags;
  }
}
