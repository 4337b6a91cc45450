package com.example.guard;

import com.example.gateway.Announcement;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Predicate;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;

/** The application in Tomcat. */
public final class TomcatMain {
  private TomcatMain() {}

  public static void main(String[] arguments) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    Context context = tomcat.addContext("", Files.createTempDirectory("files").toString());
    context.getPipeline().addValve(new FrontValve());
    Tomcat.addServlet(context, "last", new LastServlet()).addMapping("/*");
    Wrapper pages = Tomcat.addServlet(context, "public", new PublicPages());
    pages.setAsyncSupported(true);
    pages.addMapping("/public/*");
    Tomcat.addServlet(context, "within", new PublicPages()).addMapping("/within/*");
    secure(tomcat, context, "/public/secured/*");
    add(context, "/public/*", PublicPages.adding());
    add(context, "/within/*", PublicPages.adding());
    add(context, "/public/cookie/*", PublicPages.filter(false, TomcatMain::setCookie));
    add(context, "/public/address/*", PublicPages.filter(true, TomcatMain::lookAtAddress));
    Predicate<HttpServletRequest> always = request -> true;
    Predicate<HttpServletRequest> unkeyed = request -> request.getHeader("X-Pass") == null;
    add(context, "/public/token/*", new AnsweringFilter(200, "no", unkeyed) {});
    add(context, "/agent/*", new AnsweringFilter(200, "no bots", TomcatMain::isBot) {});
    add(context, "/address/*", new AnsweringFilter(200, "address", TomcatMain::hasAddress) {});
    add(context, "/login/*", new AnsweringFilter(200, "log in", unkeyed) {});
    add(context, "/guarded/*", new AnsweringFilter(403, "no", unkeyed) {});
    add(context, "/guarded/*", new AnsweringFilter(200, "answer", always) {});
    add(context, "/twice/*", new AnsweringFilter(403, "no", unkeyed));
    add(context, "/twice/*", new AnsweringFilter(200, "answer", always));
    tomcat.start();
    Announcement.serve(tomcat.getConnector().getLocalPort());
    tomcat.stop();
  }

  private static boolean isBot(HttpServletRequest request) {
    String agent = request.getHeader("User-Agent");
    return agent != null && agent.startsWith("bot");
  }

  private static void setCookie(HttpServletRequest request, HttpServletResponse response) {
    response.addHeader("Set-Cookie", "a=b");
  }

  private static void lookAtAddress(HttpServletRequest request, HttpServletResponse response) {
    hasAddress(request);
  }

  private static boolean hasAddress(HttpServletRequest request) {
    return request.getRemoteAddr().startsWith("127.");
  }

  private static void secure(Tomcat tomcat, Context context, String pattern) {
    tomcat.addUser("anna", "secret");
    tomcat.addRole("anna", "reader");
    context.addSecurityRole("reader");
    SecurityCollection pages = new SecurityCollection();
    pages.addPattern(pattern);
    SecurityConstraint constraint = new SecurityConstraint();
    constraint.addCollection(pages);
    constraint.addAuthRole("reader");
    context.addConstraint(constraint);
    context.setLoginConfig(new LoginConfig("BASIC", "pages", null, null));
    context.getPipeline().addValve(new BasicAuthenticator());
  }

  private static void add(Context context, String pattern, Filter filter) {
    String name = "filter-" + context.findFilterDefs().length;
    FilterDef definition = new FilterDef();
    definition.setFilterName(name);
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap map = new FilterMap();
    map.setFilterName(name);
    map.addURLPattern(pattern);
    context.addFilterMap(map);
  }

  /** What all filters pass on to. */
  private static final class LastServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      AnsweringFilter.answer(response, 200, "servlet");
    }
  }
}
