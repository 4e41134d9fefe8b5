package dev.convoy.spark.train;

import dev.convoy.nn.Network;
import dev.convoy.nn.StateDict;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.storage.RunFiles;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.Safetensors;
import dev.convoy.weights.WeightsDigest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** {@code weights.safetensors} of a finished run: torchvision's tensor names and order. */
final class FinalWeights {
  static final String FILE = "weights.safetensors";

  private FinalWeights() {}

  /**
   * Writes the weights, with what a program needs to use them as metadata.
   *
   * @return their SHA-256
   */
  static String write(
      String output, Configuration hadoop, Network network, float[] weights, ConvoyConfig config)
      throws IOException {
    List<NamedTensor> tensors = StateDict.of(network, weights);
    Path path = new Path(output, FILE);
    FileSystem fs = path.getFileSystem(hadoop);
    RunFiles.replace(fs, path, out -> Safetensors.write(out, metadata(network, config), tensors));
    return WeightsDigest.sha256(tensors);
  }

  private static Map<String, String> metadata(Network network, ConvoyConfig config) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("format", "pt");
    metadata.put("network", network.name());
    metadata.put("mean", config.data().normalize().mean().toString());
    metadata.put("std", config.data().normalize().std().toString());
    return metadata;
  }
}
