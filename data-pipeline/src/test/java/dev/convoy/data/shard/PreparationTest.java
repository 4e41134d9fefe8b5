package dev.convoy.data.shard;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.IdxFiles;
import dev.convoy.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
  private static final Progress SILENT = (split, done, of) -> {};

  @TempDir private Path temp;
  private Path idx;
  private Path output;

  @BeforeEach
  void idxFiles() throws IOException {
    idx = IdxFiles.folder(temp.resolve("idx"), 20, 10);
    output = temp.resolve("deep/shards");
  }

  @Test
  void progressCountsUpToTheWhole() throws IOException {
    List<String> heard = new ArrayList<>();
    prepare(2, false, (split, done, of) -> heard.add(split + " " + done + "/" + of));
    assertEquals(
        List.of("TRAIN 10/20", "TRAIN 20/20", "VALIDATION 5/10", "VALIDATION 10/10"), heard);
    assertOnlyTheOutput();
  }

  @Test
  void anExistingOutputIsRefusedOrReplacedAsAsked() throws IOException {
    prepare(2, false, SILENT);
    assertRefused(() -> prepare(5, false, SILENT), output.toString(), "exists already");
    assertEquals(
        2,
        ShardDataset.open(hadoop(), output.toString(), Split.TRAIN)
            .manifest()
            .train()
            .shards()
            .size());
    prepare(5, true, SILENT);
    assertEquals(
        5,
        ShardDataset.open(hadoop(), output.toString(), Split.TRAIN)
            .manifest()
            .train()
            .shards()
            .size());
    assertOnlyTheOutput();
  }

  @Test
  void whatHoldsNoShardsIsNeverReplaced() throws IOException {
    Files.createDirectories(output);
    Files.writeString(output.resolve("thesis.txt"), "years of work");
    assertRefused(() -> prepare(1, true, SILENT), "holds no shards, so it is not overwritten");
    assertTrue(Files.exists(output.resolve("thesis.txt")));
  }

  @Test
  void anInterruptedPreparationLeavesNothing() throws IOException {
    Progress stop =
        (split, done, of) -> {
          if (split == Split.VALIDATION) {
            throw new IllegalStateException("stop");
          }
        };
    assertThrows(IllegalStateException.class, () -> prepare(2, false, stop));
    assertEquals(List.of(), children());
  }

  @Test
  void anInterruptedReplacementKeepsTheOld() throws IOException {
    prepare(2, false, SILENT);
    Progress stop =
        (split, done, of) -> {
          throw new IllegalStateException("stop");
        };
    assertThrows(IllegalStateException.class, () -> prepare(3, true, stop));
    assertEquals(
        2,
        ShardDataset.open(hadoop(), output.toString(), Split.TRAIN)
            .manifest()
            .train()
            .shards()
            .size());
    assertOnlyTheOutput();
  }

  @Test
  void wrongUseIsRefusedAndWritesNothing() throws IOException {
    assertRefused(() -> prepare(0, false, SILENT), "20 samples cannot be cut into 0 shards");
    assertRefused(() -> prepare(11, false, SILENT), "10 samples cannot be cut into 11 shards");
    assertEquals(List.of(), children());
    Files.delete(idx.resolve("t10k-labels-idx1-ubyte"));
    assertRefused(() -> prepare(1, false, SILENT), "t10k-labels-idx1-ubyte");
    assertEquals(List.of(), children());
  }

  @Test
  void anOutputThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    output = file.resolve("shards");
    assertRefused(() -> prepare(1, false, SILENT), output.toString(), "cannot be written");
    assertRefused(
        () -> Preparation.mnist(hadoop(), idx.toString(), "/", 1, false, SILENT), "root folder");
  }

  private void prepare(int shards, boolean overwrite, Progress progress) throws IOException {
    Preparation.mnist(hadoop(), idx.toString(), output.toString(), shards, overwrite, progress);
  }

  private void assertOnlyTheOutput() throws IOException {
    assertEquals(List.of(output), children());
  }

  private List<Path> children() throws IOException {
    if (!Files.exists(output.getParent())) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(output.getParent())) {
      return list.toList();
    }
  }

  private static Configuration hadoop() {
    return new Configuration();
  }
}
