package com.example.boot;

import com.example.servers.AnsweringFilter;
import com.example.servers.AsyncServlet;
import com.example.servers.PlainServlet;
import com.example.servers.WholeServlet;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** The pages beside Spring MVC. */
@SpringBootApplication
public class BootApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(BootApplication.class, arguments);
  }

  @Bean
  public ServletRegistrationBean<HttpServlet> plain() {
    return servlet("plain", new PlainServlet());
  }

  @Bean
  public ServletRegistrationBean<HttpServlet> whole() {
    return servlet("whole", new WholeServlet());
  }

  @Bean
  public ServletRegistrationBean<HttpServlet> async() {
    return servlet("async", new AsyncServlet());
  }

  @Bean
  public FilterRegistrationBean<Filter> answering() {
    FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>(new AnsweringFilter());
    filter.addUrlPatterns("/*");
    filter.setAsyncSupported(true);
    return filter;
  }

  private static ServletRegistrationBean<HttpServlet> servlet(String name, HttpServlet servlet) {
    ServletRegistrationBean<HttpServlet> bean =
        new ServletRegistrationBean<>(servlet, "/" + name + "/*");
    bean.setName(name);
    bean.setAsyncSupported(true);
    return bean;
  }
}
