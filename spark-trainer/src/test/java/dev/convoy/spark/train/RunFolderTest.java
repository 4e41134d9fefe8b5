package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.config.UserError;
import dev.convoy.spark.train.Training.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path parent;
  private final List<String> notices = new ArrayList<>();

  private Path folder() {
    return parent.resolve("run");
  }

  private RunFolder claim(Start start) throws IOException {
    return RunFolder.claim(folder().toString(), start, new Configuration(), notices::add);
  }

  private void recordRun() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("run.json"), "{}");
  }

  @Test
  void aFolderIsOneRunsUntilItIsClosed() throws IOException {
    try (RunFolder claimed = claim(Start.NEW)) {
      recordRun();
      for (Start start : Start.values()) {
        UserError e = assertThrows(UserError.class, () -> claim(start), start::toString);
        assertTrue(e.getMessage().contains("is in use by convoy train of "), e::toString);
        String output = folder().toString();
        assertThrows(UserError.class, () -> RunFolder.check(output, start, new Configuration()));
      }
      claimed.lease().requireHeld();
      assertTrue(Files.exists(folder().resolve("run.json")));
    }
    assertFalse(Files.exists(folder().resolve(".lease")));
    claim(Start.RESUME).close();
  }

  @Test
  void overwritingDeletesEverythingButTheLease() throws IOException {
    recordRun();
    Files.createDirectories(folder().resolve("checkpoints/step-000000001"));
    try (RunFolder claimed = claim(Start.OVERWRITE)) {
      claimed.lease().requireHeld();
      try (var left = Files.list(folder())) {
        assertEquals(List.of(".lease"), left.map(p -> p.getFileName().toString()).toList());
      }
    }
  }

  @Test
  void whatAProcessThatDiedBeforeItsRunHasLeftIsNoRun() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve(".writable"), "");
    claim(Start.NEW).close();
    assertEquals(List.of(), notices);
  }

  @Test
  void aFileInThePlaceOfTheFolderIsRefused() throws IOException {
    Files.writeString(folder(), "");
    UserError e = assertThrows(UserError.class, () -> claim(Start.NEW));
    assertTrue(e.getMessage().contains("is a file"), e::toString);
  }
}
