package dev.convoy.spark.checkpoint;

import dev.convoy.collective.Range;
import dev.convoy.nn.Network;
import dev.convoy.nn.StateDict;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.SafetensorsFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One checkpoint's folder.
 *
 * <pre>
 * weights.safetensors                          the network's tensors, torch's names and order
 * optimizer-0000000000-0000031616.safetensors  a slice of the flat vector of momentum
 * optimizer-0000031616-0000063232.safetensors
 * state.json                                   see CheckpointState
 * </pre>
 *
 * <p>The slices are cut as the executors that wrote them were; a resumed run with another number of
 * executors reads those that overlap its own.
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

  /** Writes the slice of the optimizer's state that one rank owns. */
  public void writeOptimizerSlice(Range slice, float[] state) throws IOException {
    NamedTensor momentum = new NamedTensor(MOMENTUM, new int[] {state.length}, state);
    TensorFile.write(fs, slicePath(slice), Map.of(), List.of(momentum));
  }

  /** Writes what rank 0 writes, last of all: the weights, then the state that vouches for all. */
  public void writeWeightsAndState(
      CheckpointState state, List<NamedTensor> weights, Map<String, String> metadata)
      throws IOException {
    TensorFile.write(fs, new Path(folder, WEIGHTS), metadata, weights);
    try (OutputStream out = fs.create(new Path(folder, STATE), true)) {
      out.write(state.toJson());
    }
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
    for (Range slice : state.slices()) {
      if (slice.from() != end) {
        throw new IOException(folder + " lacks optimizer state from element " + end + " on");
      }
      end = slice.to();
      readSlice(slice);
    }
    if (end != state.vectorLength()) {
      throw new IOException(folder + " lacks optimizer state from element " + end + " on");
    }
  }

  /** Returns the flat vector of weights. */
  public float[] weights(Network network) throws IOException {
    Path path = new Path(folder, WEIGHTS);
    SafetensorsFile file = TensorFile.read(fs, path);
    return StateDict.load(network, file.tensors(), path.toString());
  }

  /** Returns the optimizer's state of any slice, put together from the slices that were written. */
  public float[] optimizerState(Range wanted) throws IOException {
    float[] state = new float[wanted.length()];
    for (Range slice : state().slices()) {
      int from = Math.max(slice.from(), wanted.from());
      int to = Math.min(slice.to(), wanted.to());
      if (from < to) {
        float[] values = readSlice(slice);
        System.arraycopy(values, from - slice.from(), state, from - wanted.from(), to - from);
      }
    }
    return state;
  }

  private float[] readSlice(Range slice) throws IOException {
    float[] values = TensorFile.read(fs, slicePath(slice)).floats(MOMENTUM).values();
    if (values.length != slice.length()) {
      throw new IOException(slicePath(slice) + " has " + values.length + " values");
    }
    return values;
  }

  private Path slicePath(Range slice) {
    return new Path(
        folder,
        String.format(Locale.ROOT, "optimizer-%010d-%010d.safetensors", slice.from(), slice.to()));
  }
}
