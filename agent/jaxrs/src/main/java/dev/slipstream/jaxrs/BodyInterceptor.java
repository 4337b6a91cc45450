package dev.slipstream.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;

/** The first of the writer interceptors: has the container's own stream. */
@Priority(JaxRsRegistrar.NEXT_TO_THE_CONTAINER)
public final class BodyInterceptor implements WriterInterceptor {
  BodyInterceptor() {}

  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    if (context.getProperty(ResourceExchange.PROPERTY) instanceof ResourceExchange exchange) {
      exchange.write(context);
    } else {
      context.proceed();
    }
  }
}
