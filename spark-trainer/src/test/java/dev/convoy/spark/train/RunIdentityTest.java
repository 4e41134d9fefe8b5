package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.telemetry.DataIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIdentityTest {
  @TempDir Path folder;
  private String kept;

  @BeforeEach
  void keep() throws IOException {
    kept = identity("abc");
  }

  private String identity(String fingerprint, String... sets) throws IOException {
    return identity(new DataIdentity(fingerprint, "val", List.of()), sets);
  }

  private String identity(DataIdentity data, String... sets) throws IOException {
    Path file = folder.resolve("small.conf");
    Files.writeString(file, "network.name = lenet5-modern\ndata.train = /data\n");
    return RunIdentity.of(ConvoyConfig.load(file.toString(), List.of(sets)), data);
  }

  private void assertDifference(String sentence, String now) throws IOException {
    assertEquals(Optional.of(sentence), RunIdentity.difference(kept, now));
  }

  @Test
  void whatDecidesTheResultIsNamedWithItsOldAndItsNewValue() throws IOException {
    assertDifference("train.seed was 1 and is now 2", identity("abc", "train.seed=2"));
    assertDifference(
        "train.optimizer.momentum was 0.9 and is now 0.5",
        identity("abc", "train.optimizer.momentum=0.5"));
    assertDifference("data-fingerprint was \"abc\" and is now \"abd\"", identity("abd"));
  }

  @Test
  void whatDoesNotDecideTheResultMayDiffer() throws IOException {
    String now =
        identity(
            "abc",
            "cluster.executors=4",
            "cluster.cores-per-executor=2",
            "kernel.implementation=scalar",
            "data.train=/elsewhere",
            "checkpoint.every=\"7 steps\"",
            "data.prefetch=9",
            "train.optimizer.weight-decay=0.0005");
    assertEquals(Optional.empty(), RunIdentity.difference(kept, now));
  }

  @Test
  void aKeyThatOnlyOneOfThemHasIsADifference() throws IOException {
    assertDifference(
        "sync.mode was \"all-reduce\" and is now \"averaging\"",
        identity("abc", "sync.mode=averaging"));
    assertDifference(
        "train.init was not set and is now \"x.safetensors\"",
        identity("abc", "train.init=x.safetensors"));
    assertDifference("train.epochs was 10 and is now not set", identity("abc", "train.steps=5"));
    String averaging = identity("abc", "sync.mode=averaging", "sync.period=3");
    assertEquals(
        Optional.of("sync.period was 3 and is now 4"),
        RunIdentity.difference(averaging, identity("abc", "sync.mode=averaging", "sync.period=4")));
  }

  @Test
  void classesAreComparedByNameWhereBothSidesKnowThem() throws IOException {
    List<String> kinds = List.of("cat", "dog", "fox");
    String began = identity(new DataIdentity("abc", "val", kinds));
    assertEquals(Optional.empty(), RunIdentity.difference(began, began));
    List<String> others = List.of("cat", "fox", "dog");
    assertEquals(
        Optional.of("class 1 is 'dog' in the run, but 'fox' in the data"),
        RunIdentity.difference(began, identity(new DataIdentity("xyz", "val", others))));
    assertEquals(Optional.empty(), RunIdentity.difference(kept, began));
  }

  @Test
  void validationDataCountWhereTheScheduleGoesByValidations() throws IOException {
    String plateau = "train.schedule.name=plateau";
    DataIdentity data = new DataIdentity("abc", "val", List.of());
    DataIdentity other = new DataIdentity("abc", "other", List.of());
    assertEquals(
        Optional.of("validation-fingerprint was \"val\" and is now \"other\""),
        RunIdentity.difference(identity(data, plateau), identity(other, plateau)));
    assertEquals(Optional.empty(), RunIdentity.difference(identity(data), identity(other)));
  }

  @Test
  void runsOfEarlierVersionsDoNotKnowTheirValidationData() throws IOException {
    String plateau = "train.schedule.name=plateau";
    String earlier = identity(new DataIdentity("abc", "", List.of()), plateau);
    assertEquals(Optional.empty(), RunIdentity.difference(earlier, identity("abc", plateau)));
  }
}
