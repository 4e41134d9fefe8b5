package dev.convoy.spark.checkpoint;

import dev.convoy.spark.storage.RunFiles;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.Safetensors;
import dev.convoy.weights.SafetensorsFile;
import dev.convoy.weights.WeightsDigest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Safetensors files that bear the digest of their own tensors, and are checked against it. */
final class TensorFile {
  private static final String DIGEST = "sha256";

  private TensorFile() {}

  /** Writes a file, which has its name only when it was read back. */
  static void write(
      FileSystem fs, Path path, Map<String, String> metadata, List<NamedTensor> tensors)
      throws IOException {
    Map<String, String> all = new TreeMap<>(metadata);
    all.put(DIGEST, WeightsDigest.sha256(tensors));
    RunFiles.replaceVerified(
        fs,
        path,
        out -> {
          OutputStream buffered = new BufferedOutputStream(out);
          Safetensors.write(buffered, all, tensors);
          buffered.flush();
        });
  }

  /**
   * Reads a file whole.
   *
   * @throws IOException if it is missing, damaged or not the file that was written
   */
  static SafetensorsFile read(FileSystem fs, Path path) throws IOException {
    SafetensorsFile file;
    try (InputStream in = new BufferedInputStream(fs.open(path))) {
      file = Safetensors.read(in, path.toString());
    }
    if (!WeightsDigest.sha256(file.tensors()).equals(file.metadata().get(DIGEST))) {
      throw new IOException(path + " is damaged: its tensors do not have the digest it bears");
    }
    return file;
  }
}
