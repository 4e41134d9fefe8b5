package dev.convoy.spark.app.local;

import dev.convoy.data.StoragePath;
import dev.convoy.nn.Network;
import dev.convoy.spark.app.options.NetworkArgument;
import dev.convoy.spark.app.options.TrainedOptions;
import dev.convoy.spark.app.text.Printable;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.export.ExportFormat;
import dev.convoy.spark.export.ExportFormats;
import dev.convoy.spark.storage.RunFiles;
import dev.convoy.spark.storage.WeightsFile;
import dev.convoy.spark.storage.WeightsMetadata;
import dev.convoy.spark.train.ExitStatus;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convoy export}: trained weights for other programs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a trained network in another program's format.",
      "What only training needs is left out.",
      "Without the metadata that convoy train writes beside weights, the network is its paper's,"
          + " unless --input and --classes say otherwise."
    },
    footer = {
      "",
      "Example:",
      "  convoy export --format onnx --network lenet5-modern \\",
      "    --weights runs/lenet5-fashion-mnist --output lenet5.onnx"
    })
public final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TrainedOptions trained;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "F",
      completionCandidates = Formats.class,
      description = "The format: ${COMPLETION-CANDIDATES}.")
  private String format;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The file to write, a path or URI; it must not exist.")
  private String output;

  @Option(
      names = "--input",
      paramLabel = "HxWxC",
      description = "Shape of an image, such as 64x64x3. Default: what the weights say.")
  private String input;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Number of classes. Default: what the weights say.")
  private Integer classes;

  /** Names of all formats, each with what it is. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ExportFormats.all().stream()
          .map(format -> format.name() + " (" + format.summary() + ")")
          .iterator();
    }
  }

  @Override
  public Integer call() throws IOException {
    ExportFormat chosen = format();
    String network = trained.network();
    WeightsFile file = trained.weights(spec.commandLine());
    Network built = built(network, file);
    float[] vector = file.vector(built);
    Path path = StoragePath.of(output);
    FileSystem files = StoragePath.fileSystem(path, SparkApplication.hadoopConfiguration());
    if (files.exists(path)) {
      throw new UserError("--output " + output + " exists already; name another file");
    }
    files.mkdirs(files.makeQualified(path).getParent());
    try {
      RunFiles.replace(
          files,
          files.makeQualified(path),
          out -> chosen.write(built, vector, file.metadata(), out));
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
    var out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT, "%s  %,d bytes%n", Printable.line(output), files.getFileStatus(path).getLen());
    out.flush();
    return ExitStatus.DONE.code();
  }

  private ExportFormat format() {
    try {
      return ExportFormats.named(format);
    } catch (IllegalArgumentException e) {
      throw new UserError("--format: " + e.getMessage(), e);
    }
  }

  private Network built(String network, WeightsFile file) {
    Shape shape = NetworkArgument.input(input);
    Integer count = NetworkArgument.classes(classes);
    if (file.metadata().containsKey("network")) {
      WeightsMetadata metadata = WeightsMetadata.of(file.metadata(), file.path().toString());
      shape = shape == null ? metadata.input() : shape;
      count = count == null ? metadata.outputs() : count;
    }
    return NetworkArgument.named(network, shape, count);
  }
}
