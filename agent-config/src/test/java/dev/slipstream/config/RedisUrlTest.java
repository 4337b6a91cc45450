package dev.slipstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          redis://cache                        | redis://cache:6379/0
          redis://cache/                       | redis://cache:6379/0
          redis://cache:7000/3                 | redis://cache:7000/3
          rediss://cache                       | rediss://cache:6379/0
          redis://[::1]                        | redis://[::1]:6379/0
          redis://[::1]:7000                   | redis://[::1]:7000/0
          redis://:secret@cache                | redis://cache:6379/0
          redis-cluster://a:7000,b             | redis-cluster://a:7000,b:6379
          redis-sentinel://a,b:1/main          | redis-sentinel://a:26379,b:1/main/0
          redis-sentinel://a/main/2            | redis-sentinel://a:26379/main/2
          rediss-cluster://:secret@a:7000,b    | rediss-cluster://a:7000,b:6379
          rediss-sentinel://a,b:1/main         | rediss-sentinel://a:26379,b:1/main/0
          """)
  void parse_shownWithoutCredentials(String text, String shown) throws Exception {
    assertThat(RedisUrl.parse(text)).hasToString(shown);
  }

  @Test
  void parse_ofCredentials() throws Exception {
    RedisUrl url = RedisUrl.parse("rediss://us%3Aer:p+a:s@s%2F@cache");

    assertThat(url.user()).isEqualTo("us:er");
    assertThat(url.password()).isEqualTo("p+a:s@s/");
    assertThat(url.tls()).isTrue();
    assertThat(RedisUrl.parse("rediss-cluster://a,b").tls()).isTrue();
    assertThat(RedisUrl.parse("rediss-sentinel://a/main").tls()).isTrue();
    assertThat(RedisUrl.parse("redis-cluster://a,b").tls()).isFalse();
    assertThat(RedisUrl.parse("redis://cache").tls()).isFalse();
    assertThat(RedisUrl.parse("redis://:secret@cache").user()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cache:6379               | does not begin with a known scheme
          rediss-single://cache    | does not begin with a known scheme
          REDIS://cache            | does not begin with a known scheme
          redis://                 | does not name the host
          redis://:6379            | does not name the host
          redis://[::1             | does not name the host
          redis://[::1]x:1         | does not name the host
          redis://a b              | does not name the host
          redis://cache:           | has a port that is not 1 to 65535
          redis://cache:0          | has a port that is not 1 to 65535
          redis://cache:port       | has a port that is not 1 to 65535
          redis://cache/x          | has a database that is not 0 to 65535
          redis://cache/-1         | has a database that is not 0 to 65535
          redis://cache?timeout=1  | has parameters after the address
          redis://a,b              | has several hosts; a cluster is redis-cluster://
          redis://user@cache       | has a user without a password
          redis://u:%zz@cache      | has a "%" in user or password that should be %25
          redis-cluster://a/1      | has a database, which a cluster does not
          redis-sentinel://a       | does not name the master
          """)
  void parse_ofWhatIsNoAddress(String text, String what) {
    assertThatThrownBy(() -> RedisUrl.parse(text))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(what);
  }
}
