package dev.convoy.spark.app.job;

import dev.convoy.data.OnCorrupt;
import dev.convoy.data.decode.DecodeOptions;
import dev.convoy.data.decode.DecodeOptions.Truncated;
import dev.convoy.data.prepare.PrepareOptions;
import dev.convoy.data.prepare.SourceFormats;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.SourceOptions;
import dev.convoy.spark.app.options.BackgroundOption;
import dev.convoy.spark.app.options.Require;
import dev.convoy.spark.app.options.SparkOptions;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.prepare.Preparing;
import dev.convoy.spark.train.ExitStatus;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy prepare}: makes shards of a dataset. */
@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    description = {
      "Makes shards of a dataset on the executors: few large files, made to be read at random from"
          + " a cluster's file system.",
      "OUTPUT appears only when it is complete and was read back. An interrupted preparation is"
          + " continued by the same command. Train on it with --set data.format=shards"
          + " --set data.train=OUTPUT.",
      "Every image is decoded once: broken ones are named, and what is neither JPEG nor"
          + " plain PNG (GIF, BMP, palettes, 16 bits …) is stored as PNG."
    },
    footer = {
      "",
      "Examples:",
      "  convoy prepare mnist --input /usr/share/datasets/fashion-mnist \\",
      "    --output hdfs:///data/fashion-mnist --shards 8",
      "  convoy prepare imagenet --input hdfs:///archives/ILSVRC2012 \\",
      "    --output hdfs:///data/imagenet --short-side 512 --on-corrupt skip \\",
      "    --master yarn --set cluster.executors=16"
    })
public final class PrepareCommand implements Callable<Integer>, SparkCommand {
  private static final List<String> SECTIONS = List.of("cluster");

  private final Preparing preparing;

  @Mixin private SparkOptions spark;
  @Mixin private BackgroundOption background;

  @Parameters(
      paramLabel = "FORMAT",
      completionCandidates = Formats.class,
      description = "What the input is: ${COMPLETION-CANDIDATES}; see docs/data-formats.md.")
  private String format;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "INPUT",
      description = "Folder of the dataset, a path or URI.")
  private String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "OUTPUT",
      description = "Folder of the shards, a path or URI.")
  private String output;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "Files for each split. Default: as many as make 128 MiB each, at least 4.")
  private Integer shards;

  @Option(
      names = "--short-side",
      paramLabel = "S",
      description =
          "Scales images whose shorter side is longer than S pixels to it, as JPEG. Default: keeps"
              + " every image as it is.")
  private Integer shortSide;

  @Option(
      names = "--quality",
      paramLabel = "Q",
      defaultValue = "95",
      description = "JPEG quality of scaled images, 1 to 100. Default: ${DEFAULT-VALUE}.")
  private int quality;

  @Option(
      names = "--validation-share",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "Share of the training images that is held out for validation, by their names' hashes,"
              + " if the input has no validation images. Default: ${DEFAULT-VALUE}.")
  private double validationShare;

  @Option(
      names = "--on-corrupt",
      paramLabel = "fail|skip",
      defaultValue = "fail",
      description = "What to do about an image that cannot be decoded. Default: ${DEFAULT-VALUE}.")
  private String onCorrupt;

  @Option(
      names = "--truncated",
      paramLabel = "refuse|decode",
      defaultValue = "refuse",
      description =
          "What to do about an image whose end is missing: refuse it as corrupt, or decode what is"
              + " there and leave the rest grey or black. Default: ${DEFAULT-VALUE}.")
  private String truncated;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description =
          "Refuses images of more pixels, by their headers. Default: 89,478,485 (300 MB).")
  private Long maxPixels;

  @Option(
      names = "--image-key",
      paramLabel = "KEY",
      description =
          "Where the image is: the ending of a WebDataset's member, such as jpg, or the name of a"
              + " TFRecord's feature. Default: the usual ones.")
  private String imageKey;

  @Option(
      names = "--label-key",
      paramLabel = "KEY",
      description =
          "Where the label is: the ending of a WebDataset's member, such as cls or json:KEY, or the"
              + " name of a TFRecord's feature. Default: the usual ones.")
  private String labelKey;

  @Option(
      names = "--first-label",
      paramLabel = "0|1",
      description =
          "The number of the first class in the labels of mnist, tfrecord and webdataset. Default:"
              + " what the input says, else 0.")
  private Integer firstLabel;

  @Option(names = "--overwrite", description = "Replaces the shards in OUTPUT.")
  private boolean overwrite;

  @Option(names = "--restart", description = "Discards what an interrupted preparation has left.")
  private boolean restart;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Sets a key of the section cluster, such as cluster.executors=8; may be repeated.")
  private List<String> sets = new ArrayList<>();

  public PrepareCommand(Preparing preparing) {
    this.preparing = preparing;
  }

  /** Names of all formats. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SourceFormats.all().stream().map(SourceFormat::name).iterator();
    }
  }

  @Override
  public Integer call() throws Exception {
    preparing.prepare(options(), cluster(), overwrite, restart);
    return ExitStatus.DONE.code();
  }

  private PrepareOptions options() {
    return new PrepareOptions(
        SourceFormats.named(format).name(),
        input,
        output,
        shards == null ? PrepareOptions.AUTO : Require.atLeast(1, "--shards", shards),
        shortSide == null ? 0 : Require.atLeast(1, "--short-side", shortSide),
        quality,
        validationShare,
        Require.first("--on-corrupt", onCorrupt, "fail", "skip") ? OnCorrupt.FAIL : OnCorrupt.SKIP,
        new DecodeOptions(
            maxPixels == null ? DecodeOptions.DEFAULT.maxPixels() : maxPixels,
            Require.first("--truncated", truncated, "refuse", "decode")
                ? Truncated.REFUSE
                : Truncated.DECODE,
            background.colour()),
        new SourceOptions(
            imageKey, labelKey, firstLabel == null ? SourceOptions.AUTO : firstLabel));
  }

  @Override
  public ClusterConfig cluster() {
    options();
    return ClusterConfig.load(Require.keysOf(SECTIONS, sets));
  }

  /** Returns one core: images are decoded one by one, each by a task of its own. */
  @Override
  public int coresPerTask() {
    return 1;
  }

  @Override
  public SparkOptions spark() {
    return spark;
  }
}
