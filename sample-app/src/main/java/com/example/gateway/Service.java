package com.example.gateway;

import java.util.Locale;

/** One of the services the gateway fronts. */
enum Service {
  USERS("User profiles", "/users"),
  GENERATE("Code and image generation", "/api/v1/generate");

  private final String title;
  private final String path;

  Service(String title, String path) {
    this.title = title;
    this.path = path;
  }

  /** The name of the service in paths and counts. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String path() {
    return path;
  }

  String json() {
    return String.format(
        Locale.ROOT, "{\"id\":\"%s\",\"title\":\"%s\",\"path\":\"%s\"}", id(), title, path);
  }

  String text() {
    return String.format(Locale.ROOT, "%s: %s at %s\n", id(), title, path);
  }
}
