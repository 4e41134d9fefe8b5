package dev.convoy.spark.config;

import static dev.convoy.spark.config.DefinesResult.NO;
import static dev.convoy.spark.config.DefinesResult.YES;

import dev.convoy.data.BatchPlan.LastBatch;
import dev.convoy.data.DatasetFormats;
import dev.convoy.data.OnCorrupt;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Section {@code data}.
 *
 * @param format how the data is stored, one of {@link DatasetFormats#names}
 * @param train folder of the training data, a path or Hadoop URI, as the user wrote it
 * @param validation folder of the validation data, likewise
 * @param classNames names in the order of the labels; empty for those that the data brings
 * @param normalize what is subtracted from and divided out of every pixel; empty for {@code auto},
 *     the training images' own mean and deviation
 * @param augment what is done to images
 * @param onCorrupt what to do about images that turn out to be corrupt
 * @param lastBatch what to do about an epoch's last images
 * @param prefetch steps that the loader reads ahead, at least 1
 * @param workers threads that read, decode and augment, at least 1
 */
public record DataConfig(
    String format,
    String train,
    String validation,
    List<String> classNames,
    Optional<Normalize> normalize,
    Augment augment,
    OnCorrupt onCorrupt,
    LastBatch lastBatch,
    int prefetch,
    int workers) {

  /** Threads or steps; more is a slip of the keyboard, and would not fit in memory. */
  private static final int MOST = 1024;

  private static final String FOLDER = "the path or URI of a folder";
  private static final String STEPS =
      "a list of steps such as [\"random-resized-crop\", \"mirror\"], or []";

  /** Mean and standard deviation of each channel, of pixels scaled to 0..1; lists of one length. */
  public record Normalize(List<Float> mean, List<Float> std) {
    public Normalize {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
    }
  }

  /** Lines as {@link dev.convoy.data.augment.Augmentations} reads them, of each split. */
  public record Augment(List<String> train, List<String> validation) {
    public Augment {
      train = List.copyOf(train);
      validation = List.copyOf(validation);
    }
  }

  static final Section SECTION = new Section("data");

  private static final Key<String> FORMAT =
      SECTION.key(
          "format",
          Types.name(DatasetFormats.names()),
          "idx",
          NO,
          "How the data is stored: "
              + DatasetFormats.all().stream()
                  .map(format -> format.name() + " (" + format.summary() + ")")
                  .collect(Collectors.joining(", "))
              + ".");

  static final Key<String> TRAIN =
      SECTION.key(
          "train",
          Types.path(FOLDER),
          "null",
          NO,
          "Folder of the training data. It may move between a run and its resumption, for the data"
              + " has a fingerprint.");

  static final Key<String> VALIDATION =
      SECTION.key(
          "validation",
          Types.path(FOLDER),
          "${data.train}",
          NO,
          "Folder of the validation data. For idx it is the same folder as train. Where the schedule"
              + " goes by validations, what it holds defines the result.");

  private static final Key<List<String>> CLASS_NAMES =
      SECTION.key(
          "class-names",
          Types.texts(
              "a list of different names, one a class, or [] for the data's own",
              names -> new HashSet<>(names).size() == names.size()),
          "[]",
          NO,
          "Names of the classes in the order of their labels, for people; [] takes those that the"
              + " data brings, if any.");

  static final Section NORMALIZE = new Section("data.normalize");

  static final Key<Optional<List<Float>>> MEAN =
      NORMALIZE.key(
          "mean",
          Types.numbers("a list of numbers from 0 to 1, one a channel", m -> m >= 0 && m <= 1)
              .or("auto"),
          "auto",
          YES,
          "Mean of each channel, which is subtracted from every pixel, scaled to 0..1; or auto. `normalize ="
              + " auto` takes the mean and the standard deviation of each channel over all training"
              + " images, which `convoy prepare` has stored beside shards, and `convoy inspect`"
              + " prints. Or give both as lists: `normalize { mean = [0.485, 0.456, 0.406], std ="
              + " [0.229, 0.224, 0.225] }`. `convoy evaluate` takes the numbers that the weights were"
              + " trained with.");

  static final Key<Optional<List<Float>>> STD =
      NORMALIZE.key(
          "std",
          Types.numbers(
                  "a list of numbers above 0 and up to 1, one a channel", s -> s > 0 && s <= 1)
              .or("auto"),
          "auto",
          YES,
          "Standard deviation of each channel, by which every pixel is divided then; or auto.");

  static final Section AUGMENT = new Section("data.augment");

  private static final Key<List<String>> AUGMENT_TRAIN =
      AUGMENT.key(
          "train",
          Types.texts(STEPS, steps -> true),
          "[]",
          YES,
          "What is done to training images before normalization, in this order, such as"
              + " [\"short-side 256 480\", \"random-crop\", \"mirror\", \"lighting 0.1\"]. Crops are cut"
              + " to the network's input. All steps with their numbers are in docs/augmentation.md."
              + " Images smaller than the network's input are centred in black.");

  private static final Key<List<String>> AUGMENT_VALIDATION =
      AUGMENT.key(
          "validation",
          Types.texts(STEPS, steps -> true),
          "[]",
          EvaluateConfig.WITH_PLATEAU,
          "The same for validation images, such as [\"short-side 256\", \"centre-crop\"].");

  private static final Key<OnCorrupt> ON_CORRUPT =
      SECTION.key(
          "on-corrupt",
          Types.choice(OnCorrupt.class),
          "fail",
          YES,
          "What to do about an image that turns out to be corrupt. In training a skipped image is"
              + " replaced by the one after it, in validation it is not counted.");

  private static final Key<LastBatch> LAST_BATCH =
      SECTION.key(
          "last-batch",
          Types.choice(LastBatch.class),
          "drop",
          YES,
          "What to do about an epoch's last images, too few for a batch: pad fills the batch with"
              + " the epoch's first ones.");

  private static final Key<Integer> PREFETCH =
      SECTION.key(
          "prefetch",
          Types.wholeNumber(1, MOST),
          "2",
          NO,
          "How many steps the loader reads ahead of the training. Never changes the result.");

  private static final Key<Integer> WORKERS =
      SECTION.key(
          "workers",
          Types.wholeNumber(1, MOST),
          "1",
          NO,
          "Threads of each executor that read, decode and augment. Never changes the result.");

  /** Returns the numbers to normalize by, where they are known. */
  public Normalize normalization() {
    return normalize.orElseThrow(
        () -> new IllegalStateException("data.normalize = auto has not been resolved"));
  }

  static DataConfig read(Values values) {
    return new DataConfig(
        values.get(FORMAT),
        values.get(TRAIN),
        values.get(VALIDATION),
        values.get(CLASS_NAMES),
        normalize(values),
        new Augment(values.get(AUGMENT_TRAIN), values.get(AUGMENT_VALIDATION)),
        values.get(ON_CORRUPT),
        values.get(LAST_BATCH),
        values.get(PREFETCH),
        values.get(WORKERS));
  }

  private static Optional<Normalize> normalize(Values values) {
    Optional<List<Float>> mean = values.get(MEAN);
    Optional<List<Float>> std = values.get(STD);
    if (mean.isEmpty() && std.isEmpty()) {
      return Optional.empty();
    }
    List<Float> means = mean.orElseThrow(() -> values.refuse(MEAN, MEAN.type().allowed()));
    List<Float> deviations = std.orElseThrow(() -> values.refuse(STD, STD.type().allowed()));
    if (deviations.size() != means.size()) {
      throw values.refuse(STD, "a list as long as data.normalize.mean (" + means.size() + ")");
    }
    return Optional.of(new Normalize(means, deviations));
  }
}
