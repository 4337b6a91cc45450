package dev.slipstream.it.jaxrs;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** JAX-RS on every other server: {@code ./mvnw -Pjax-rs …}, see {@code docs/jaxrs.md}. */
@Tag("jax-rs")
@ParameterizedClass
@EnumSource(
    mode = EnumSource.Mode.EXCLUDE,
    names = {"JERSEY_2_GRIZZLY", "JERSEY_3_JDK", "RESTEASY_6_UNDERTOW", "CXF_4_JETTY"})
final class RestMatrixTest extends RestSuite {
  RestMatrixTest(RestServer server) {}
}
