package dev.slipstream.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdleTest {
  private final Idle<Object> idle = new Idle<>();

  @Test
  void take_whatWasGivenBack_onceEach() {
    Object one = new Object();

    assertThat(idle.take()).isNull();
    assertThat(idle.giveBack(one)).isTrue();
    assertThat(idle.take()).isSameAs(one);
    assertThat(idle.take()).isNull();
  }

  @Test
  void giveBack_moreThanEnough_isRefused() {
    int kept = 0;
    for (int i = 0; i < 100; i++) {
      kept += idle.giveBack(new Object()) ? 1 : 0;
    }

    assertThat(kept).isBetween(1, 16);
  }

  @Test
  void zlib_afterOtherPayloads_damagedOnesAmongThem_givesBackWhatWasCompressed() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 500; i++) {
      byte[] plain = new byte[2_000 + random.nextInt(3_000)];
      for (int at = 0; at < plain.length; at++) {
        plain[at] = (byte) random.nextInt(4);
      }
      byte[] packed = Compression.ZLIB.compress(plain);
      byte[] damaged = Arrays.copyOf(packed, packed.length / 2);
      byte[] back = new byte[plain.length];

      assertThat(isRead(damaged, new byte[plain.length])).isFalse();
      assertThat(isRead(packed, back)).isTrue();
      assertThat(back).isEqualTo(plain);
    }
  }

  private static boolean isRead(byte[] packed, byte[] plain) {
    try {
      Compression.ZLIB.decompress(packed, 0, packed.length, plain);
      return true;
    } catch (UnreadableException e) {
      return false;
    }
  }
}
