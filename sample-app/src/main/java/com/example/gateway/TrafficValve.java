package com.example.gateway;

import com.example.gateway.Traffic.Outcome;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Counts every request when its response is finished, asynchronous ones too: Tomcat calls an access
 * log at that moment.
 */
final class TrafficValve extends ValveBase implements AccessLog {

  private final Traffic traffic;

  TrafficValve(Traffic traffic) {
    super(true);
    this.traffic = traffic;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
  }

  @Override
  public void log(Request request, Response response, long nanoseconds) {
    var wrapper = request.getWrapper();
    var route = wrapper == null ? "none" : wrapper.getName();
    traffic.count(new Outcome(route, response.getStatus()));
  }

  @Override
  public void setRequestAttributesEnabled(boolean enabled) {
    // this log reads no request attributes
  }

  @Override
  public boolean getRequestAttributesEnabled() {
    return false;
  }
}
