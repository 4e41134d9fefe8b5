package dev.convoy.spark.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.Buckets;
import dev.convoy.collective.CollectivePlan;
import dev.convoy.collective.Range;
import dev.convoy.collective.VirtualNodes;
import dev.convoy.nn.Network;
import dev.convoy.nn.StateDict;
import dev.convoy.optim.Plateau;
import dev.convoy.spark.storage.WeightsMetadata;
import dev.convoy.train.StateSlice;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.WeightsDigest;
import dev.convoy.zoo.Zoo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store keeps of its word, on any file system; a test of one only says which. */
abstract class CheckpointStoreContract {
  private static final int BUCKET = 20_000;
  private static final String RUN = "{\"train\":{\"seed\":1}}";

  private final Network network = Zoo.named("lenet5-modern").classes(10).build();
  private final List<String> warnings = new ArrayList<>();
  private FileSystem fs;
  private Path folder;
  private CheckpointStore store;

  /** Hadoop's settings for the file system, and a new folder of a run on it. */
  abstract Configuration hadoop();

  abstract String output();

  @BeforeEach
  void open() throws IOException {
    String output = output();
    store = CheckpointStore.of(output, hadoop());
    folder = new Path(output, "checkpoints");
    fs = folder.getFileSystem(hadoop());
  }

  private float[] weights(long step) {
    return network.initialWeights(step);
  }

  private float[] momentum(long step) {
    float[] momentum = new float[network.vectorLength()];
    for (int i = 0; i < momentum.length; i++) {
      momentum[i] = step + i * 1e-6f;
    }
    return momentum;
  }

  private List<Range> owned(int ranks, int bucket, int rank) {
    Buckets buckets = Buckets.of(network.vectorLength(), bucket);
    return new CollectivePlan(new VirtualNodes(64, ranks), buckets).owned(rank);
  }

  private List<StateSlice> state(long step, List<Range> ranges) {
    return ranges.stream()
        .map(r -> new StateSlice(r, Arrays.copyOfRange(momentum(step), r.from(), r.to())))
        .toList();
  }

  private Checkpoint write(long step, int attempt, int ranks) throws IOException {
    Checkpoint checkpoint = null;
    for (int rank = 0; rank < ranks; rank++) { // each rank for itself
      checkpoint = store.unfinished(step, attempt);
      checkpoint.writeOptimizerState(rank, state(step, owned(ranks, BUCKET, rank)));
    }
    List<NamedTensor> tensors = StateDict.of(network, weights(step));
    checkpoint.writeWeightsAndState(
        new CheckpointState(
            step,
            network.name(),
            network.vectorLength(),
            WeightsDigest.sha256(tensors),
            IntStream.range(0, ranks).mapToObj(rank -> owned(ranks, BUCKET, rank)).toList(),
            new Plateau.State(0.25 + step, 2, 1),
            RUN),
        tensors,
        WeightsMetadata.ofCheckpoint(List.of("cat", "dog")));
    return checkpoint;
  }

  private void publish(long step, int keep) throws IOException {
    store.publish(write(step, 1, 2), step, keep);
  }

  private Optional<Long> newestStep() throws IOException {
    Optional<Checkpoint> newest = store.newest(warnings::add);
    return newest.isPresent() ? Optional.of(newest.get().state().step()) : Optional.empty();
  }

  private List<String> names() throws IOException {
    return Stream.of(fs.listStatus(folder))
        .map(FileStatus::getPath)
        .map(Path::getName)
        .sorted()
        .toList();
  }

  private void overwrite(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = fs.create(file, true)) {
      out.write(bytes);
    }
  }

  private byte[] read(Path file) throws IOException {
    try (var in = fs.open(file)) {
      return in.readAllBytes();
    }
  }

  @Test
  void aFolderWithoutCheckpointsHasNone() throws IOException {
    assertEquals(Optional.empty(), newestStep());
    store.deleteUnfinished();
  }

  @Test
  void whatWasPublishedIsReadBack() throws IOException {
    publish(20, 3);
    Checkpoint read = store.newest(warnings::add).orElseThrow();
    assertEquals("step-000000020", read.folder().getName());
    assertEquals(RUN, read.state().run());
    assertEquals(new Plateau.State(20.25, 2, 1), read.state().plateau());
    assertArrayEquals(weights(20), read.weights(network));
    assertArrayEquals(weights(20), store.named("step-000000020").weights(network));
    assertEquals(List.of(), warnings);
  }

  @Test
  void stateIsPutTogetherForAnyOtherNumberOfOwners() throws IOException {
    store.publish(write(20, 1, 3), 20, 3);
    Checkpoint read = store.newest(warnings::add).orElseThrow();
    for (int ranks : new int[] {1, 2, 3, 4, 8}) {
      for (int rank = 0; rank < ranks; rank++) {
        List<Range> wanted = owned(ranks, 5000, rank);
        List<StateSlice> expected = state(20, wanted);
        List<StateSlice> actual = read.optimizerState(wanted);
        assertEquals(wanted, actual.stream().map(StateSlice::range).toList());
        for (int i = 0; i < wanted.size(); i++) {
          assertArrayEquals(expected.get(i).values(), actual.get(i).values());
        }
      }
    }
  }

  @Test
  void theNewestIsTakenAndTheOldestBeyondThoseToKeepAreDeleted() throws IOException {
    for (long step = 20; step <= 100; step += 20) {
      publish(step, 2);
    }
    assertEquals(Optional.of(100L), newestStep());
    assertEquals(List.of("step-000000080", "step-000000100"), names());
  }

  @Test
  void aCrashBeforeTheRenameLeavesTheOneBeforeAndIsCleanedUp() throws IOException {
    publish(20, 3);
    write(40, 1, 2);
    write(60, 1, 1);
    assertEquals(Optional.of(20L), newestStep());
    assertEquals(List.of(), warnings);
    assertEquals(3, names().size());
    store.deleteUnfinished();
    assertEquals(List.of("step-000000020"), names());
    assertEquals(Optional.of(20L), newestStep());
  }

  @Test
  void damageIsPassedOverWithASentenceThatNamesTheFile() throws IOException {
    publish(20, 9);
    publish(40, 9);
    Path newest = new Path(folder, "step-000000040");
    for (FileStatus file : fs.listStatus(newest)) {
      byte[] whole = read(file.getPath());
      overwrite(file.getPath(), Arrays.copyOf(whole, whole.length - 5));
      assertPassedOver(file.getPath().getName());
      fs.delete(file.getPath(), false);
      assertPassedOver(file.getPath().getName());
      overwrite(file.getPath(), whole);
      assertEquals(Optional.of(40L), newestStep());
    }
  }

  @Test
  void aFlippedBitOfATensorIsPassedOver() throws IOException {
    publish(20, 9);
    publish(40, 9);
    Path weights = new Path(folder, "step-000000040/weights.safetensors");
    byte[] bytes = read(weights);
    bytes[bytes.length / 2] ^= 1;
    overwrite(weights, bytes);
    assertPassedOver("weights.safetensors");
  }

  @Test
  void weightsOfAnotherCheckpointAreNoticed() throws IOException {
    publish(20, 9);
    publish(40, 9);
    Path weights = new Path(folder, "step-000000040/weights.safetensors");
    overwrite(weights, read(new Path(folder, "step-000000020/weights.safetensors")));
    assertPassedOver("step-000000040");
  }

  @Test
  void aStateThatMakesNoSenseIsPassedOver() throws IOException {
    publish(20, 9);
    publish(40, 9);
    Path state = new Path(folder, "step-000000040/state.json");
    String whole = new String(read(state), StandardCharsets.UTF_8);
    for (String broken :
        List.of(
            whole.replaceFirst("\\[ 0, ", "[ -1, "),
            whole.replaceFirst("\\[ 0, \\d+", "[ 7, 5"),
            whole.replaceFirst("\\{", "{\0\0\0"),
            "")) {
      assertNotEquals(whole, broken);
      overwrite(state, broken.getBytes(StandardCharsets.UTF_8));
      assertPassedOver("state.json");
    }
  }

  private void assertPassedOver(String name) throws IOException {
    warnings.clear();
    assertEquals(Optional.of(20L), newestStep());
    assertEquals(1, warnings.size(), warnings::toString);
    String warning = warnings.get(0);
    assertTrue(warning.startsWith("passing over a damaged checkpoint: "), warning);
    assertTrue(warning.contains(name), warning);
    assertEquals(1, warning.lines().count(), warning);
  }

  @Test
  void theFirstRankIsNamedThatHasNotWritten() throws IOException {
    Checkpoint checkpoint = store.unfinished(20, 1);
    checkpoint.writeOptimizerState(1, state(20, owned(3, BUCKET, 1)));
    assertEquals(OptionalInt.of(0), checkpoint.firstMissing(3));
    checkpoint.writeOptimizerState(0, state(20, owned(3, BUCKET, 0)));
    assertEquals(OptionalInt.of(2), checkpoint.firstMissing(3));
    checkpoint.writeOptimizerState(2, state(20, owned(3, BUCKET, 2)));
    assertEquals(OptionalInt.empty(), checkpoint.firstMissing(3));
  }

  /** The answer to the renaming may be lost on its way. */
  @Test
  void whatIsPublishedAlreadyIsLeftAsItIs() throws IOException {
    Checkpoint checkpoint = write(20, 1, 2);
    store.publish(checkpoint, 20, 3);
    store.publish(checkpoint, 20, 3);
    assertEquals(Optional.of(20L), newestStep());
    IOException e =
        assertThrows(IOException.class, () -> store.publish(store.unfinished(40, 1), 40, 3));
    assertTrue(e.getMessage().contains("step-000000040"), e.getMessage());
  }

  @Test
  void aRunThatComesAgainReplacesTheDamagedOne() throws IOException {
    publish(20, 3);
    publish(40, 3);
    fs.delete(new Path(folder, "step-000000040/state.json"), false);
    assertEquals(Optional.of(20L), newestStep());
    store.publish(write(40, 2, 3), 40, 3);
    assertEquals(Optional.of(40L), newestStep());
    assertEquals(List.of("step-000000020", "step-000000040"), names());
  }
}
