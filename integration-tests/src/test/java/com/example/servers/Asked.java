package com.example.servers;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a page looks at in its request. */
public interface Asked {
  String method();

  /** The path, of which the last segment names the page. */
  String path();

  @Nullable String query();

  @Nullable String field(String name);

  byte[] content() throws IOException;
}
