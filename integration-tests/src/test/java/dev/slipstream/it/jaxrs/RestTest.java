package dev.slipstream.it.jaxrs;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** JAX-RS on one server of each implementation. */
@ParameterizedClass
@EnumSource(names = {"JERSEY_2_GRIZZLY", "JERSEY_3_JDK", "RESTEASY_6_UNDERTOW", "CXF_4_JETTY"})
final class RestTest extends RestSuite {
  RestTest(RestServer server) {}
}
