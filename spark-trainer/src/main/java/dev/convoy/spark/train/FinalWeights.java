package dev.convoy.spark.train;

import dev.convoy.data.StoragePath;
import dev.convoy.nn.StateDict;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.storage.RunFiles;
import dev.convoy.spark.storage.WeightsFile;
import dev.convoy.spark.storage.WeightsMetadata;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.Safetensors;
import dev.convoy.weights.WeightsDigest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** {@code weights.safetensors} of a finished run: torchvision's tensor names and order. */
final class FinalWeights {
  static final String FILE = WeightsFile.NAME;

  private FinalWeights() {}

  /**
   * Writes the weights, with what a program needs to use them as metadata.
   *
   * @param lease of the run's folder
   * @return their SHA-256
   */
  static String write(RunLease lease, float[] weights, RunPlan plan, RunData data)
      throws IOException {
    List<NamedTensor> tensors = StateDict.of(plan.network(), weights);
    Path path = StoragePath.child(StoragePath.of(lease.output()), FILE);
    FileSystem fs = StoragePath.fileSystem(path, lease.hadoop());
    lease.requireHeld();
    RunFiles.replace(fs, path, out -> Safetensors.write(out, metadata(plan, data), tensors));
    return WeightsDigest.sha256(tensors);
  }

  static Map<String, String> metadata(RunPlan plan, RunData data) {
    ConvoyConfig config = plan.config();
    return new WeightsMetadata(
            plan.network().name(),
            plan.network().input(),
            plan.network().classes(),
            data.classNames(),
            data.training().imageShape(),
            config.data().augment().validation(),
            config.data().normalization().mean(),
            config.data().normalization().std(),
            plan.loss().name(),
            config.train().loss().j())
        .toMap();
  }
}
