package dev.convoy.spark.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.RecommendedJvmOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The launcher, which is no Java, starts JVMs with the settings that the kernels want. */
class LauncherSettingsTest {
  @Test
  void theLauncherKnowsEverySetting() throws IOException {
    String launcher = Files.readString(Path.of("../scripts/convoy"));
    for (String setting : RecommendedJvmOptions.SETTINGS) {
      assertTrue(launcher.contains(setting), setting + " is not in scripts/convoy");
    }
  }
}
