package com.example.camel;

import com.example.servers.Asked;
import com.example.servers.Page;
import com.example.servers.Pages;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultHeaderFilterStrategy;

/** The pages as a route of Camel. */
public class Routes implements ServletContextListener {
  private final Pages pages = new Pages();
  private final DefaultCamelContext camel = new DefaultCamelContext();

  @Override
  public void contextInitialized(ServletContextEvent event) {
    // Camel's own strategy takes Cache-Control out of answers.
    DefaultHeaderFilterStrategy fields = new DefaultHeaderFilterStrategy();
    fields.setOutFilterStartsWith("Camel");
    camel.getRegistry().bind("fields", fields);
    try {
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("servlet:pages?matchOnUriPrefix=true&headerFilterStrategy=#fields").process(Routes.this::answer);
            }
          });
      camel.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    camel.stop();
  }

  private void answer(Exchange exchange) throws Exception {
    Message in = exchange.getIn();
    Page page = pages.answer(new AskedOfRoute(in));
    Message answer = exchange.getMessage();
    answer.removeHeaders("*");
    page.fields().forEach(answer::setHeader);
    answer.setHeader(Exchange.HTTP_RESPONSE_CODE, page.status());
    answer.setBody(page.body().length == 0 ? null : page.body());
  }

  private static final class AskedOfRoute implements Asked {
    private final Message message;

    AskedOfRoute(Message message) {
      this.message = message;
    }

    @Override
    public String method() {
      return message.getHeader(Exchange.HTTP_METHOD, String.class);
    }

    @Override
    public String path() {
      return message.getHeader(Exchange.HTTP_URI, String.class);
    }

    @Override
    public String query() {
      return message.getHeader(Exchange.HTTP_QUERY, String.class);
    }

    @Override
    public String field(String name) {
      return message.getHeader(name, String.class);
    }

    @Override
    public byte[] content() {
      byte[] body = message.getBody(byte[].class);
      return body == null ? new byte[0] : body;
    }
  }
}
