package dev.convoy.spark.app.local;

import dev.convoy.data.Dataset;
import dev.convoy.data.DatasetFormats;
import dev.convoy.data.ImageShape;
import dev.convoy.data.PixelSums;
import dev.convoy.data.Pixels;
import dev.convoy.data.Split;
import dev.convoy.data.StoragePath;
import dev.convoy.data.encode.PngEncoder;
import dev.convoy.data.input.InputDescription;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.data.inspect.ContactSheet;
import dev.convoy.data.inspect.Inspection;
import dev.convoy.data.inspect.SideStatistics;
import dev.convoy.spark.app.options.Require;
import dev.convoy.spark.app.text.Printable;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.config.ShapeText;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.storage.RunFiles;
import dev.convoy.spark.train.ExitStatus;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy inspect}: what a dataset looks like. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Prints classes, counts, image sizes, corrupt images, means and deviations of a dataset.",
      "--sheet draws what a network sees: a row a sample, a column an epoch."
    },
    footer = {
      "",
      "Example:",
      "  convoy inspect data/flowers --sheet flowers.png --size 224x224 \\",
      "    --augment random-resized-crop --augment mirror"
    })
public final class InspectCommand implements Callable<Integer> {
  private static final int ROWS = 8;
  private static final int COLUMNS = 8;
  private static final int MOST_LINES = 20;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DATA", description = "Folder of the dataset, a path or URI.")
  private String data;

  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "shards",
      description = "How the dataset is stored, a value of data.format. Default: ${DEFAULT-VALUE}.")
  private String format;

  @Option(
      names = "--split",
      paramLabel = "train|validation",
      defaultValue = "train",
      description = "Which split. Default: ${DEFAULT-VALUE}.")
  private String split;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "10000",
      description =
          "How many samples to decode, evenly spaced; all of them if there are fewer."
              + " Default: ${DEFAULT-VALUE}.")
  private int samples;

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      description = "Writes a contact sheet of 8 samples in 8 epochs, a PNG; a path or URI.")
  private String sheet;

  @Option(
      names = "--augment",
      paramLabel = "STEP",
      description =
          "A step of the sheet's augmentation, as in data.augment.train; may be repeated.")
  private List<String> augment = new ArrayList<>();

  @Option(
      names = "--size",
      paramLabel = "HxW",
      defaultValue = "224x224",
      description = "Size of the sheet's images, the network's input. Default: ${DEFAULT-VALUE}.")
  private String size;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the augmentation. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = SparkApplication.hadoopConfiguration();
    Require.atLeast(1, "--samples", samples);
    try (Dataset dataset = DatasetFormats.named(format).open(hadoop, data, part())) {
      PrintWriter out = spec.commandLine().getOut();
      InputPipeline pipeline = sheet == null ? null : pipeline(dataset.imageShape());
      print(out, dataset, Inspection.of(dataset, samples, threads()));
      if (sheet != null) {
        draw(out, hadoop, dataset, pipeline);
      }
      out.flush();
    }
    return ExitStatus.DONE.code();
  }

  private Split part() {
    return Require.first("--split", split, "train", "validation") ? Split.TRAIN : Split.VALIDATION;
  }

  private static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static void print(PrintWriter out, Dataset dataset, Inspection found) throws IOException {
    line(out, "images", "%,d (%s)", dataset.size(), dataset.imageShape());
    line(out, "looked at", "%,d of them", found.samples());
    line(out, "fingerprint", "%s", dataset.fingerprint());
    if (found.corrupt().size() < found.samples()) {
      line(out, "height", "%s", text(found.heights()));
      line(out, "width", "%s", text(found.widths()));
      // The numbers that training takes, where the sums over all images are known.
      PixelSums pixels = dataset.pixelSums().known() ? dataset.pixelSums() : found.pixels();
      line(out, "mean", "[%s]", numbers(pixels.mean()));
      line(out, "std", "[%s]", numbers(pixels.deviation()));
    }
    line(out, "corrupt", "%,d", found.corrupt().size());
    found.corrupt().stream().limit(MOST_LINES).forEach(problem -> line(out, "", "%s", problem));
    int[] counts = found.classCounts();
    line(
        out,
        "classes",
        "%,d, of %,d to %,d of these images",
        counts.length,
        Arrays.stream(counts).min().orElse(0),
        Arrays.stream(counts).max().orElse(0));
    for (int c = 0; c < Math.min(counts.length, MOST_LINES); c++) {
      line(out, "", "%,7d  %s", counts[c], dataset.classNames().get(c));
    }
    if (counts.length > MOST_LINES) {
      line(out, "", "        and %,d more", counts.length - MOST_LINES);
    }
  }

  private static String text(SideStatistics sides) {
    return String.format(
        Locale.ROOT, "%,d to %,d, median %,d", sides.least(), sides.most(), sides.median());
  }

  private static String numbers(List<BigDecimal> values) {
    return values.stream().map(BigDecimal::toPlainString).collect(Collectors.joining(", "));
  }

  /** Returns the steps asked for; without any, images are scaled to fit a cell of the sheet. */
  private InputPipeline pipeline(ImageShape stored) {
    Shape cell =
        ShapeText.parse(size + "x" + stored.channels())
            .orElseThrow(
                () ->
                    new UserError("--size " + size + " is invalid: expected a size like 224x224"));
    if (augment.isEmpty()) {
      return InputDescription.ofPixels(ImageShape.of(cell), cell).pipelineForAnySize(List.of());
    }
    InputDescription input = InputDescription.ofPixels(stored, cell);
    return input.pipeline(input.steps(augment));
  }

  private void draw(PrintWriter out, Configuration hadoop, Dataset dataset, InputPipeline pipeline)
      throws IOException {
    int rows = Math.min(ROWS, dataset.size());
    int[] ids =
        IntStream.range(0, rows).map(i -> (int) ((long) i * dataset.size() / rows)).toArray();
    Pixels drawn = new ContactSheet(dataset, pipeline, seed).draw(ids, COLUMNS);
    byte[] png = PngEncoder.encode(drawn);
    Path path = StoragePath.of(sheet);
    FileSystem files = StoragePath.fileSystem(path, hadoop);
    RunFiles.replace(files, files.makeQualified(path), to -> to.write(png));
    line(out, "sheet", "%s, samples %s", sheet, Arrays.toString(ids));
  }

  private static void line(PrintWriter out, String what, String format, Object... values) {
    String text = Printable.line(String.format(Locale.ROOT, format, values));
    out.printf(Locale.ROOT, "%-12s%s%n", what, text);
  }
}
