package dev.slipstream.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The boundaries of docs/architecture.md: who may know whom. */
class ArchitectureTest {
  private static final String[] SERVER_APIS = {"jakarta..", "javax.servlet..", "javax.ws.rs.."};

  private static final JavaClasses OURS = classesOf("agent-config", "agent", "console");

  private static final String TOMCATS = ".*\\.TomcatResponse(\\$.*)?";
  private static final String[] SERVLET_ADAPTERS = {
    "java..",
    "jakarta.servlet..",
    "dev.slipstream.servlet..",
    "dev.slipstream.engine..",
    "dev.slipstream.config..",
    "org.jspecify.."
  };

  @Test
  void everyModule_isLookedAt() {
    assertThat(OURS.stream().map(type -> type.getPackageName()))
        .contains(
            "dev.slipstream.config",
            "dev.slipstream.engine.http",
            "dev.slipstream.servlet",
            "dev.slipstream.agent",
            "dev.slipstream.javaagent",
            "dev.slipstream.console");
  }

  @Test
  void engine_knowsNoServerApiAndNoWeaving() {
    noClasses()
        .that()
        .resideInAPackage("dev.slipstream.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SERVER_APIS)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("net.bytebuddy..", "dev.slipstream.agent..", "dev.slipstream.servlet..")
        .check(OURS);
  }

  @Test
  void tiers_knowNoHttp() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.slipstream.engine.cache..", "dev.slipstream.engine.redis..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.slipstream.engine.http..")
        .check(OURS);
  }

  @Test
  void servletAdapter_knowsTheEngineAndItsApiOnly() {
    classes()
        .that()
        .resideInAPackage("dev.slipstream.servlet..")
        .and()
        .haveNameNotMatching(TOMCATS)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(SERVLET_ADAPTERS)
        .check(OURS);
  }

  // What links to a container is loaded only where that container is.
  @Test
  void onlyTomcatsResponse_knowsTomcat() {
    classes()
        .that()
        .haveNameMatching(TOMCATS)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(SERVLET_ADAPTERS)
                .or(
                    resideInAnyPackage(
                        "org.apache.catalina.connector",
                        "org.apache.coyote",
                        "org.apache.tomcat.util..")))
        .check(OURS);
  }

  @Test
  void jaxRsAdapter_knowsTheEngineAndItsApiOnly() {
    classes()
        .that()
        .resideInAPackage("dev.slipstream.jaxrs..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "jakarta.ws.rs..",
            "jakarta.annotation..",
            "dev.slipstream.jaxrs..",
            "dev.slipstream.engine..",
            "dev.slipstream.config..",
            "org.jspecify..")
        .check(OURS);
  }

  @Test
  void entryPoints_knowTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage("dev.slipstream.javaagent..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "dev.slipstream.javaagent..", "org.jspecify..")
        .check(OURS);
  }

  @Test
  void byteBuddy_isForWeavingAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.slipstream.agent..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.bytebuddy..")
        .check(OURS);
  }

  @Test
  void agent_usesNoLoggingOfTheApplication() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.slipstream.console..", "org.slf4j..") // the agent's own stub
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j..")
        .orShould()
        .callMethod(System.class, "getLogger", String.class)
        .check(OURS);
  }

  @Test
  void console_knowsTheAgentThroughItsConfigurationOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.slipstream.console..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.slipstream.engine..", "dev.slipstream.agent..", "dev.slipstream.servlet..")
        .check(OURS);
  }

  @Test
  void features_haveNoCycles() {
    slices().matching("dev.slipstream.(*).(*)..").should().beFreeOfCycles().check(OURS);
  }

  private static JavaClasses classesOf(String... folders) {
    Path root = Path.of("..").toAbsolutePath().normalize();
    List<Path> classes =
        Stream.of(folders)
            .map(root::resolve)
            .flatMap(folder -> Stream.concat(Stream.of(folder), modulesIn(folder)))
            .map(module -> module.resolve("target/classes"))
            .filter(path -> path.toFile().isDirectory())
            .toList();
    return new ClassFileImporter().importPaths(classes);
  }

  private static Stream<Path> modulesIn(Path folder) {
    return Stream.of("api", "engine", "servlet", "jaxrs", "javaagent").map(folder::resolve);
  }
}
