package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageTest {
  @ParameterizedTest
  @EnumSource
  void decode_whatWasEncoded(Announcement.Kind kind) {
    Announcement announcement =
        new Announcement(kind, List.of("a", "ü\n"), List.of("user:*"), List.of("", "k"));
    Message message = new Message("g1", 42, announcement);

    assertThat(Message.decode(message.encode())).isEqualTo(message);
  }

  @Test
  void decode_aHeartbeat() {
    Message message = new Message("g1", 0, null);

    assertThat(Message.decode(message.encode())).isEqualTo(message);
  }

  @Test
  void decode_anotherVersion_isNone() {
    byte[] bytes = new Message("g1", 0, null).encode();
    bytes[0]++;

    assertThat(Message.decode(bytes)).isNull();
  }

  @Test
  void decode_anyBytes_neitherThrowsNorTakesMemory() {
    Random random = new Random(6);
    byte[] whole = new Message("g1", 7, Announcement.changed(List.of("a key", "another"))).encode();
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = whole.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
      assertThatCode(() -> Message.decode(cut)).doesNotThrowAnyException();
    }
  }
}
