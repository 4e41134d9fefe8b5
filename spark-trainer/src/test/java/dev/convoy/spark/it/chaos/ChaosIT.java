package dev.convoy.spark.it.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random faults while a network is trained; {@code scripts/chaos} is the same for longer. */
class ChaosIT {
  @TempDir Path folder;

  private void assertOvercome(int faults, long seed, long stepsBetween, int minutes)
      throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Chaos.Options options =
        new Chaos.Options(
            faults, seed, 2, Duration.ZERO, stepsBetween, Set.of(), Duration.ofMinutes(minutes));
    boolean overcome;
    try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      overcome = new Chaos(options, folder, out).run();
    }
    assertTrue(overcome, () -> said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aFewFaultsChangeNoBit() throws Exception {
    assertOvercome(4, 52, 40, 10);
  }

  @Test
  @Tag("long")
  void oneOfEachKindChangesNoBit() throws Exception {
    assertOvercome(8, 2, 60, 15);
  }
}
