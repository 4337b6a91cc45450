package dev.slipstream.config;

/**
 * A setting's text and where it was found.
 *
 * @param text as written; blank counts as not set
 * @param origin such as {@code environment REDIS_URL} or {@code settings.yaml:3:1}
 */
record SourcedText(String text, String origin) {

  @Override
  public String toString() {
    return origin; // the text may be a secret
  }
}
