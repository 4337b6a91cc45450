package dev.slipstream.servlet;

import dev.slipstream.engine.http.CacheStatus;
import dev.slipstream.engine.http.Fields;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the client is told of the cache's part, in fields of the application's response. */
final class Notice {
  private static final String VARY = "Vary";
  private static final String CODINGS = "Accept-Encoding";

  private final HttpServletResponse response;
  private final boolean told;
  private String cacheStatus;
  private boolean announced;
  private boolean variesByCoding;

  /**
   * Makes what has yet to be put into the response.
   *
   * @param told whether the client is told anything
   * @param cacheStatus the Cache-Status field's value so far
   */
  Notice(HttpServletResponse response, boolean told, String cacheStatus) {
    this.response = response;
    this.told = told;
    this.cacheStatus = cacheStatus;
  }

  boolean isTold() {
    return told;
  }

  /** Puts what there is to say so far into the response. */
  void announce() {
    announced = true;
    response.addHeader(CacheStatus.FIELD, cacheStatus);
  }

  boolean isAnnounced() {
    return announced;
  }

  /** The Cache-Status field's value as the response has it. */
  String cacheStatus() {
    return cacheStatus;
  }

  /** Says that other answers are in other codings, for caches further on. */
  void variesByCoding() {
    if (!variesByCoding && !response.isCommitted()) {
      variesByCoding = true;
      response.addHeader(VARY, CODINGS);
    }
  }

  /** Says more in Cache-Status, while that can be done. */
  void say(String more) {
    if (!told || response.isCommitted()) {
      return;
    }
    if (!announced) {
      cacheStatus = more;
      announce();
      return;
    }
    Collection<String> values = response.getHeaders(CacheStatus.FIELD);
    if (!values.contains(cacheStatus)) {
      return; // a filter has taken it away
    }
    boolean said;
    if (values.size() > 1) {
      setAgain(values);
      response.addHeader(CacheStatus.FIELD, more);
      said = response.getHeaders(CacheStatus.FIELD).contains(more);
    } else {
      response.setHeader(CacheStatus.FIELD, more);
      said = more.equals(response.getHeader(CacheStatus.FIELD));
    }
    if (said) {
      cacheStatus = more; // else the application is including, and no field can be set
    }
  }

  /** Sets the field to what others have said. */
  private void setAgain(Collection<String> values) {
    List<String> others = new ArrayList<>(values);
    others.remove(cacheStatus);
    response.setHeader(CacheStatus.FIELD, others.get(0));
    others.subList(1, others.size()).forEach(one -> response.addHeader(CacheStatus.FIELD, one));
  }

  /** The response's fields are thrown away. */
  void forget() {
    variesByCoding = false;
  }

  /** The response's fields less ours: in this cache all codings are one entry. */
  Fields withoutOurs(Fields fields) {
    Fields others = fields.withoutLast(CacheStatus.FIELD, cacheStatus);
    return variesByCoding ? others.withoutLast(VARY, CODINGS) : others;
  }
}
