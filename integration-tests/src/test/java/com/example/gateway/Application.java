package com.example.gateway;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the application's servlets and filters, and the container's file servlet, into a context.
 */
public final class Application implements ServletContainerInitializer {
  static final String ERROR_PAGE = "/part/error";
  static final int STATUS_WITH_ERROR_PAGE = 410;

  private final String fileServlet;

  Application(String fileServlet) {
    this.fileServlet = fileServlet;
  }

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
    add(context, new ScenarioServlet(), "/app/*", "/cors/*", "/vary/*", "/upper/*", "/footer/*");
    add(context, new PlainServlet(), "/plain/*");
    add(context, new PartServlet(), "/part/*");
    add(context, new RunsServlet(), "/runs");
    add(context, new UrlServlet(), "/url/*");
    ServletRegistration.Dynamic bodies = context.addServlet("bodies", new BodyServlet());
    bodies.setMultipartConfig(new MultipartConfigElement(""));
    add(bodies, "/body/*", "/unruled/*", "/upper/body/*");
    add(context, new CatalogueServlet(), CatalogueServlet.PATTERNS);
    add(context.addServlet("default", fileServlet), "/");
    addAlsoForAsync(context, new GatewayFilter(), "/*");
    add(context, new CorsFilter(false), "/cors/*");
    add(context, new CorsFilter(true), "/vary/*");
    add(context, new UpperCaseFilter(), "/upper/*");
    add(context, new AppendingFilter(), "/footer/*");
    add(context, new StaticFieldsFilter(), "/static/*");
  }

  private static void add(ServletContext context, Servlet servlet, String... patterns) {
    add(context.addServlet(servlet.getClass().getSimpleName(), servlet), patterns);
  }

  private static void add(ServletRegistration.Dynamic registration, String... patterns) {
    registration.setAsyncSupported(true);
    registration.addMapping(patterns);
  }

  private static void add(ServletContext context, Filter filter, String pattern) {
    FilterRegistration.Dynamic registration =
        context.addFilter(filter.getClass().getSimpleName() + pattern, filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, pattern);
  }

  private static void addAlsoForAsync(ServletContext context, Filter filter, String pattern) {
    FilterRegistration.Dynamic registration =
        context.addFilter(filter.getClass().getSimpleName(), filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, pattern);
  }
}
