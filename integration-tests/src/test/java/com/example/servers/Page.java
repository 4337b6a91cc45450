package com.example.servers;

import java.util.Map;

/** An answer as the application means it, Content-Type among its fields. */
public final class Page {
  private final int status;
  private final Map<String, String> fields;
  private final byte[] body;

  Page(int status, Map<String, String> fields, byte[] body) {
    this.status = status;
    this.fields = fields;
    this.body = body;
  }

  public int status() {
    return status;
  }

  public Map<String, String> fields() {
    return fields;
  }

  public byte[] body() {
    return body;
  }
}
