package dev.convoy.spark.checkpoint;

import dev.convoy.collective.Range;
import dev.convoy.nn.Network;
import dev.convoy.nn.StateDict;
import dev.convoy.spark.storage.RunFiles;
import dev.convoy.train.StateSlice;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.SafetensorsFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One checkpoint's folder.
 *
 * <pre>
 * weights.safetensors                          the network's tensors, torch's names and order
 * optimizer-0000.safetensors                   slices of the flat vector of momentum, which the
 * optimizer-0001.safetensors                   first, the second executor owned
 * state.json                                   see CheckpointState
 * </pre>
 *
 * <p>A file has a tensor for each slice that the executor owned, named by where the slice begins; a
 * resumed run with another number of executors, or buckets, reads those that overlap its own.
 */
public final class Checkpoint {
  static final String WEIGHTS = "weights.safetensors";
  static final String STATE = "state.json";
  private static final String MOMENTUM = "momentum";

  private final FileSystem fs;
  private final Path folder;

  Checkpoint(FileSystem fs, Path folder) {
    this.fs = fs;
    this.folder = folder;
  }

  /** Returns the folder's name and place. */
  public Path folder() {
    return folder;
  }

  /** Writes the slices of the optimizer's state that one rank owns. */
  public void writeOptimizerState(int rank, List<StateSlice> state) throws IOException {
    List<NamedTensor> momentum =
        state.stream()
            .map(slice -> new NamedTensor(name(slice.range()), shape(slice), slice.values()))
            .toList();
    TensorFile.write(fs, statePath(rank), Map.of(), momentum);
  }

  private static String name(Range slice) {
    return MOMENTUM + "." + slice.from();
  }

  private static int[] shape(StateSlice slice) {
    return new int[] {slice.values().length};
  }

  /** Writes what rank 0 writes, last of all: the weights, then the state that vouches for all. */
  public void writeWeightsAndState(
      CheckpointState state, List<NamedTensor> weights, Map<String, String> metadata)
      throws IOException {
    TensorFile.write(fs, new Path(folder, WEIGHTS), metadata, weights);
    byte[] json = state.toJson();
    RunFiles.replaceVerified(fs, new Path(folder, STATE), out -> out.write(json));
  }

  /**
   * Returns the first rank whose file is not there yet. Files get their names when they are whole.
   */
  public OptionalInt firstMissing(int ranks) throws IOException {
    Set<Path> written =
        Arrays.stream(fs.listStatus(folder)).map(FileStatus::getPath).collect(Collectors.toSet());
    return IntStream.range(0, ranks)
        .filter(rank -> !written.contains(fs.makeQualified(statePath(rank))))
        .findFirst();
  }

  /** Reads {@code state.json}. */
  public CheckpointState state() throws IOException {
    Path path = new Path(folder, STATE);
    try (InputStream in = new BufferedInputStream(fs.open(path))) {
      return CheckpointState.read(in, path.toString());
    }
  }

  /** Reads everything once, so that a damaged checkpoint is found before it is used. */
  void verify() throws IOException {
    CheckpointState state = state();
    String digest = TensorFile.read(fs, new Path(folder, WEIGHTS)).metadata().get("sha256");
    if (!state.weightsSha256().equals(digest)) {
      throw new IOException(folder + " holds weights of another checkpoint");
    }
    int end = 0;
    List<Range> slices =
        state.slices().stream()
            .flatMap(List::stream)
            .sorted(Comparator.comparingInt(Range::from).thenComparingInt(Range::to))
            .toList();
    for (Range slice : slices) {
      if (slice.from() != end) {
        throw new IOException(folder + " lacks optimizer state from element " + end + " on");
      }
      end = slice.to();
    }
    if (end != state.vectorLength()) {
      throw new IOException(folder + " lacks optimizer state from element " + end + " on");
    }
    for (int rank = 0; rank < state.slices().size(); rank++) {
      read(rank, state.slices().get(rank));
    }
  }

  /** Returns the flat vector of weights. */
  public float[] weights(Network network) throws IOException {
    Path path = new Path(folder, WEIGHTS);
    SafetensorsFile file = TensorFile.read(fs, path);
    return StateDict.load(network, file.tensors(), path.toString());
  }

  /**
   * Returns the optimizer's state of any slices, put together from those that were written.
   *
   * @param wanted ranges of the flat vector
   * @throws IOException if a part of them is missing
   */
  public List<StateSlice> optimizerState(List<Range> wanted) throws IOException {
    List<StateSlice> state = wanted.stream().map(StateSlice::zeros).toList();
    long missing = state.stream().mapToLong(slice -> slice.range().length()).sum();
    List<List<Range>> written = state().slices();
    for (int rank = 0; rank < written.size(); rank++) {
      if (overlapAny(written.get(rank), wanted)) {
        for (StateSlice slice : read(rank, written.get(rank))) {
          missing -=
              state.stream()
                  .mapToLong(into -> into.copyFrom(slice.range(), slice.values(), 0))
                  .sum();
        }
      }
    }
    if (missing != 0) {
      throw new IOException(folder + " lacks " + missing + " elements of optimizer state");
    }
    return state;
  }

  private static boolean overlapAny(List<Range> written, List<Range> wanted) {
    return written.stream()
        .anyMatch(w -> wanted.stream().anyMatch(v -> v.intersection(w).length() > 0));
  }

  private List<StateSlice> read(int rank, List<Range> slices) throws IOException {
    SafetensorsFile file = TensorFile.read(fs, statePath(rank));
    List<StateSlice> read = new ArrayList<>();
    for (Range slice : slices) {
      float[] values = file.floats(name(slice)).values();
      if (values.length != slice.length()) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s has %d values from element %d on, not %d",
                statePath(rank),
                values.length,
                slice.from(),
                slice.length()));
      }
      read.add(new StateSlice(slice, values));
    }
    return read;
  }

  private Path statePath(int rank) {
    return new Path(folder, String.format(Locale.ROOT, "optimizer-%04d.safetensors", rank));
  }
}
