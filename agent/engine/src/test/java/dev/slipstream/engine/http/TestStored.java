package dev.slipstream.engine.http;

import dev.slipstream.engine.MutableClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored response that a test makes up; the default is an empty 200 that was made and stored at
 * {@link MutableClock#START_MILLIS} and is fresh for a minute.
 */
final class TestStored {
  private int status = 200;
  private Fields fields = Fields.EMPTY;
  private Fields appended = Fields.EMPTY;
  private byte[] body = {};
  private @Nullable ContentRange range;
  private boolean lengthStated = true;
  private boolean shared;
  private long initialAgeMillis;
  private long storedAtMillis = MutableClock.START_MILLIS;
  private Lifetime lifetime = Lifetime.fresh(60_000);
  private List<String> tags = List.of();

  TestStored status(int status) {
    this.status = status;
    return this;
  }

  TestStored fields(Fields fields) {
    this.fields = fields;
    return this;
  }

  TestStored fields(String... namesAndValues) {
    return fields(Fields.of(namesAndValues));
  }

  TestStored appended(String... namesAndValues) {
    this.appended = Fields.of(namesAndValues);
    return this;
  }

  TestStored body(String body) {
    this.body = body.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** Makes it a 206 with the bytes from an offset on. */
  TestStored part(String bytes, long first, long completeLength) {
    status = 206;
    range = new ContentRange(first, first + bytes.length() - 1, completeLength);
    return body(bytes);
  }

  TestStored lengthNotStated() {
    this.lengthStated = false;
    return this;
  }

  TestStored shared() {
    this.shared = true;
    return this;
  }

  TestStored initialAgeMillis(long millis) {
    this.initialAgeMillis = millis;
    return this;
  }

  TestStored storedAt(long millis) {
    this.storedAtMillis = millis;
    return this;
  }

  TestStored lifetime(Lifetime lifetime) {
    this.lifetime = lifetime;
    return this;
  }

  TestStored tags(String... tags) {
    this.tags = List.of(tags);
    return this;
  }

  StoredResponse build() {
    return new StoredResponse(
        status,
        fields,
        appended,
        body,
        range,
        lengthStated,
        shared,
        storedAtMillis,
        initialAgeMillis,
        storedAtMillis,
        lifetime,
        tags);
  }
}
