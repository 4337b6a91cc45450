package dev.slipstream.config.jmx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cache rules: what is in force, where it comes from, and what it means for a request. */
@Description("The cache rules that are in force, their file, and what they mean for a request")
public interface RulesMXBean {
  @Description("The operator's rules file")
  String getFile();

  @Description("When the file in force was read, in milliseconds since 1970; absent without one")
  @Nullable Long getLoadedAtMillis();

  @Description("Whether the file as it is now was rejected, and the rules before it are in force")
  boolean isLastGoodKept();

  @Description("Rules that are in force, those that come with the agent included")
  int getCount();

  @Description("Times the file was read and came into force since the start")
  long getReloads();

  @Description("Times the file was read and rejected since the start")
  long getFailedReloads();

  @Description("What is wrong in the file as it is now; none where it is in force")
  List<String> getProblems();

  @Description(
      "The rules in order, the operator's first; the first enabled one that matches counts")
  List<RuleReport> getRules();

  @Description("The file as it is in force; empty without one")
  String getText();

  /** Reads the file now, and not only within 2 s of a change. Returns what is wrong in it. */
  @Description("Reads the file now; returns what is wrong in it, in which case nothing changes")
  @Impact(Impact.Kind.ACTION_INFO)
  List<String> reload();

  /** What is wrong in a text, each with its line; nothing changes. */
  @Description("What is wrong in a text of rules, each with line and column; changes nothing")
  @Impact(Impact.Kind.INFO)
  List<String> validate(
      @Description(name = "yaml", value = "The text of a rules file") String yaml);

  /**
   * What would be done with a request now, as far as it says: neither sessions nor certificates,
   * nor what a body is; nothing is done, and L2 is not asked.
   *
   * @param method the method
   * @param url a path with its query, or an absolute URL
   * @param headers header fields by name
   * @throws IllegalArgumentException if the URL is none
   */
  @Description("What the cache would do with a request: its rule, its key, the decision and why")
  @Impact(Impact.Kind.INFO)
  RuleTest test(
      @Description(name = "method", value = "The method, such as GET") String method,
      @Description(name = "url", value = "A path with its query, or an absolute URL") String url,
      @Description(name = "headers", value = "Header fields by name") Map<String, String> headers);

  /** The same for a request without header fields, which some JMX clients cannot write. */
  @Description("What the cache would do with a request without header fields")
  @Impact(Impact.Kind.INFO)
  RuleTest test(
      @Description(name = "method", value = "The method, such as GET") String method,
      @Description(name = "url", value = "A path with its query, or an absolute URL") String url);
}
