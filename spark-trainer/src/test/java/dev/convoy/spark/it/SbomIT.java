package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The application's jar says what it is made of. */
class SbomIT {
  private static final String ENTRY = "META-INF/sbom/convoy.cdx.json";

  private static Path applicationJar() throws IOException {
    try (var jars = Files.newDirectoryStream(Path.of("target"), "*-application.jar")) {
      return jars.iterator().next();
    }
  }

  @Test
  void listsEveryLibraryAndNothingThatChangesFromBuildToBuild() throws IOException {
    try (ZipFile jar = new ZipFile(applicationJar().toFile())) {
      JsonNode sbom = new ObjectMapper().readTree(jar.getInputStream(jar.getEntry(ENTRY)));
      assertEquals("CycloneDX", sbom.path("bomFormat").asText());
      assertFalse(sbom.path("metadata").has("timestamp"));
      Set<String> names = new TreeSet<>();
      sbom.path("components").forEach(component -> names.add(component.path("name").asText()));
      for (String name :
          Set.of("picocli", "config", "mfl-core", "spark-core_2.13", "convoy-core")) {
        assertTrue(names.contains(name), () -> name + " is not among " + names);
      }
      assertFalse(names.contains("junit-jupiter"), "tests are no part of the application");
    }
  }
}
