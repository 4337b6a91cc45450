package dev.slipstream.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class ReleaseTest {
  private static final Path FOLDER = Path.of(System.getProperty("release.folder"));
  private static final String VERSION = System.getProperty("release.version");
  private static final String LICENCES = "META-INF/slipstream/";

  @Test
  void folder_hasAllThatIsReleased() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(VERSION, "V")))
          .filteredOn(name -> !name.endsWith(".asc") && !name.equals("central-bundle.zip"))
          .containsExactlyInAnyOrder(
              "CHANGELOG.md",
              "LICENSE",
              "SHA256SUMS",
              "slipstream-agent-V.jar",
              "slipstream-agent-V-sbom.json",
              "slipstream-agent-V-sbom.xml",
              "slipstream-api-V.jar",
              "slipstream-api-V.pom",
              "slipstream-api-V-javadoc.jar",
              "slipstream-api-V-sbom.json",
              "slipstream-api-V-sbom.xml",
              "slipstream-api-V-sources.jar",
              "slipstream-console-V.jar",
              "slipstream-console-V-sbom.json",
              "slipstream-console-V-sbom.xml");
    }
  }

  @Test
  void checksums_areOfTheFiles() throws Exception {
    List<String> lines = Files.readAllLines(FOLDER.resolve("SHA256SUMS"));

    assertThat(lines).hasSize(14);
    for (String line : lines) {
      String[] sumAndName = line.split("  ", 2);
      byte[] file = Files.readAllBytes(FOLDER.resolve(sumAndName[1]));
      assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)))
          .as(sumAndName[1])
          .isEqualTo(sumAndName[0]);
    }
  }

  /** Different tools make the two. */
  @ParameterizedTest
  @ValueSource(strings = {"agent", "console"})
  void billOfMaterials_isTheListOfLicencesInTheJar(String part) throws Exception {
    Set<String> listed;
    try (JarFile jar = new JarFile(file(part, ".jar").toFile())) {
      byte[] list = jar.getInputStream(jar.getEntry(LICENCES + "THIRD-PARTY.txt")).readAllBytes();
      listed =
          new String(list, StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.contains(" | http"))
              .map(line -> line.replaceFirst("(,| \\|).*", ""))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    Set<String> inJson = new TreeSet<>();
    for (JsonNode component : json(part).get("components")) {
      if (!component.path("group").asText().equals("dev.slipstream")) {
        inJson.add(name(component));
      }
    }

    assertThat(listed).hasSizeGreaterThan(5).isEqualTo(inJson);
  }

  /** As the list has it: dependencies with their version, what is copied without. */
  private static String name(JsonNode component) {
    String name = component.get("name").asText();
    return switch (name) {
      case "uplot" -> "uPlot";
      case "asm" -> "org.ow2.asm:asm";
      default ->
          component.get("group").asText() + ":" + name + ":" + component.get("version").asText();
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "api", "console"})
  void billOfMaterials_isTheSameInXml(String part) throws Exception {
    Set<String> inJson = new TreeSet<>();
    json(part).path("components").forEach(component -> inJson.add(component.get("purl").asText()));
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file(part, "-sbom.xml").toFile());
    NodeList found = xml.getElementsByTagName("purl");
    Set<String> inXml = new TreeSet<>();
    for (int i = 0; i < found.getLength(); i++) {
      inXml.add(found.item(i).getTextContent());
    }
    inXml.removeIf(purl -> purl.startsWith("pkg:maven/dev.slipstream/slipstream-" + part + "@"));

    assertThat(inXml).isEqualTo(inJson);
  }

  @Test
  void apiNeedsNothing() throws IOException {
    assertThat(json("api").path("components")).isEmpty();
  }

  @Test
  void versionOfCopiedLibrary_isThatOfTheCopy() throws IOException {
    String uplot = "";
    for (JsonNode component : json("console").get("components")) {
      if (component.get("name").asText().equals("uplot")) {
        uplot = component.get("version").asText();
      }
    }
    try (JarFile jar = new JarFile(file("console", ".jar").toFile())) {
      byte[] script =
          jar.getInputStream(jar.getEntry("dev/slipstream/console/web/vendor/uPlot.esm.js"))
              .readNBytes(500);
      assertThat(new String(script, StandardCharsets.UTF_8)).contains("(v" + uplot + ")");
    }
  }

  /** What Maven Central asks of a POM; no parent, which would have to be there, too. */
  @Test
  void pomOfTheApi_hasWhatMavenCentralWants() throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file("api", ".pom").toFile());

    assertThat(pom.getElementsByTagName("parent").getLength()).isZero();
    for (String name :
        List.of(
            "groupId",
            "artifactId",
            "version",
            "name",
            "description",
            "url",
            "license",
            "developer",
            "scm")) {
      NodeList elements = pom.getElementsByTagName(name);
      assertThat(elements.getLength()).as(name).isPositive();
      assertThat(elements.item(0).getTextContent()).as(name).isNotBlank().doesNotContain("${");
    }
  }

  private static JsonNode json(String part) throws IOException {
    return new ObjectMapper().readTree(file(part, "-sbom.json").toFile());
  }

  private static Path file(String part, String ending) {
    return FOLDER.resolve("slipstream-" + part + "-" + VERSION + ending);
  }
}
