package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "*",
        "/api/v1/users",
        "/api/v1/users/",
        "/static/app.min.js",
        "/.well-known/openid-configuration",
        "/a/...",
        "/a/..b/c",
        "/a/b..",
        "/a%20b",
        "/caf%C3%A9",
        "/a%3Ab",
        "/a:b,c=d",
      })
  void isAmbiguous_plainPath_isNot(String path) {
    assertThat(RequestPath.isAmbiguous(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/../b",
        "/a/..",
        "/../a",
        "/./a",
        "/a/.",
        "//a",
        "/a//b",
        "/a//",
        "/a;x=1",
        "/static/..;/account",
        "/account;.css",
        "/a\\..\\b",
        "/a%2Fb",
        "/a%2fb",
        "/%2e%2E/b",
        "/a%2e/b",
        "/a%3Bb",
        "/a%5Cb",
        "/a%252Fb",
        "/a%00",
        "/a%0Ab",
        "/a%0d%0ab",
        "/a%7F",
        "/a%",
        "/a%2",
        "/a%zz",
        "/a%2g",
        "/a%-1",
      })
  void isAmbiguous_pathThatServersReadDifferently_is(String path) {
    assertThat(RequestPath.isAmbiguous(path)).isTrue();
  }
}
