package dev.slipstream.jaxrs;

import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Configuration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether an application has request filters of its own, which may turn a request away. */
final class Guards {
  private static final List<String> NOBODYS =
      List.of(
          "dev.slipstream.",
          "org.glassfish.jersey.",
          "org.jboss.resteasy.",
          "io.openliberty.",
          "com.ibm.ws.",
          "org.apache.cxf.");

  private volatile @Nullable Boolean present;

  /** Whether there are any; in doubt, there are. */
  boolean arePresentIn(@Nullable Configuration configuration) {
    Boolean known = present;
    if (known == null) {
      known = look(configuration);
      present = known;
    }
    return known;
  }

  private static boolean look(@Nullable Configuration configuration) {
    if (configuration == null) {
      return true;
    }
    try {
      return Stream.concat(
              configuration.getClasses().stream(),
              configuration.getInstances().stream().map(Object::getClass))
          .anyMatch(Guards::mayTurnAway);
    } catch (RuntimeException e) {
      return true;
    }
  }

  private static boolean mayTurnAway(Class<?> component) {
    return ContainerRequestFilter.class.isAssignableFrom(component)
        && NOBODYS.stream().noneMatch(component.getName()::startsWith);
  }
}
