package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the jars carry of others is listed in them, with the licences. That the list is whole is
 * compared at a release, with the bill of materials.
 */
class LicencesTest {
  private static final String FOLDER = "META-INF/slipstream/";

  private record Library(String name, List<String> licences) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../agent/javaagent/target/slipstream-agent.jar",
        "../console/target/slipstream-console.jar"
      })
  void eachLibraryOfTheList_hasTheTextOfALicence(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      List<Library> libraries = libraries(jar);

      assertThat(libraries)
          .hasSizeGreaterThan(5)
          .allMatch(library -> hasText(jar, library), "a text in " + path);
    }
  }

  private static List<Library> libraries(JarFile jar) throws IOException {
    ZipEntry list = jar.getEntry(FOLDER + "THIRD-PARTY.txt");
    String text = new String(jar.getInputStream(list).readAllBytes(), StandardCharsets.UTF_8);
    return text.lines()
        .filter(line -> line.contains(" | http"))
        .map(line -> line.split(" \\| "))
        .map(
            cells ->
                new Library(
                    cells[0].replaceAll("^[^:]+:|[:,].*", ""),
                    Arrays.asList(cells[1].split(" or "))))
        .toList();
  }

  private static boolean hasText(JarFile jar, Library library) {
    return jar.stream()
            .map(ZipEntry::getName)
            .anyMatch(
                name ->
                    name.matches(
                        FOLDER + "licences/" + library.name() + "(-jar)?/.*LICENSE(\\.txt)?"))
        || library.licences().stream()
            .map(
                licence ->
                    licence.equals("Apache-2.0") ? "LICENSE" : "licences/" + licence + ".txt")
            .anyMatch(name -> jar.getEntry(FOLDER + name) != null);
  }
}
