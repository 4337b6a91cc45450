package com.example.rest;

import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The application. */
public final class Items extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        ItemResource.class,
        GuardFilter.class,
        IdentityFilter.class,
        FieldsFilter.class,
        GzipInterceptor.class,
        TroubleMapper.class);
  }
}
