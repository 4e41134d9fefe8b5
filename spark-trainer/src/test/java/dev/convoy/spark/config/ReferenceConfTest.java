package dev.convoy.spark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code reference.conf} to the declarations of the keys: the same keys, comments and
 * defaults. After a key was declared or changed, this writes the file anew:
 *
 * <pre>
 * mvn test -pl spark-trainer -am -Dtest=ReferenceConfTest -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write=true
 * </pre>
 */
class ReferenceConfTest {
  private static final Path FILE =
      Path.of("src/main/resources/dev/convoy/spark/config/reference.conf");

  @Test
  void itIsMadeOfTheDeclarationsOfTheKeys() throws IOException {
    String text = ReferenceText.of(Keys.sections());
    if (Boolean.getBoolean("reference.write")) {
      Files.writeString(FILE, text);
    }
    assertEquals(
        text, Files.readString(FILE), "run this test with -Dreference.write=true to write it anew");
  }
}
