package dev.convoy.data.prepare;

import dev.convoy.data.Account;
import dev.convoy.data.ContentDigest;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.OnCorrupt;
import dev.convoy.data.PixelStatistics;
import dev.convoy.data.PixelSums;
import dev.convoy.data.Sha256;
import dev.convoy.data.Split;
import dev.convoy.data.shard.Manifest;
import dev.convoy.data.shard.ShardSummary;
import dev.convoy.data.shard.SkippedImage;
import dev.convoy.data.source.Source;
import dev.convoy.data.source.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * Makes shards of a source:
 *
 * <pre>
 *   parts of the source --list--> where every image lies --cut--> shards --write--> manifest
 *   driver                tasks                           driver          tasks      driver
 * </pre>
 *
 * <p>The shards' bytes depend on the source and the options alone, not on who writes what, or on
 * interruptions.
 */
public final class Preparation {
  private static final String SKIPPED = "skipped.txt";

  private final PrepareOptions options;
  private final boolean overwrite;
  private final Configuration configuration;
  private final Source source;
  private final Map<Split, List<String>> parts = new EnumMap<>(Split.class);
  private final Account leftOut = new Account();

  /**
   * Looks at the input.
   *
   * @throws DataException if it is not what its format expects, or the output exists
   */
  public Preparation(PrepareOptions options, Configuration hadoop, boolean overwrite)
      throws IOException {
    this.options = options;
    this.overwrite = overwrite;
    configuration = hadoop;
    Staging.of(configuration, options.output(), overwrite).refuseExisting();
    source =
        SourceFormats.named(options.format())
            .open(configuration, options.input(), options.reading());
    for (Split split : Split.values()) {
      parts.put(split, source.parts(split, leftOut));
    }
    if (options.validationShare() > 0 && !parts.get(Split.VALIDATION).isEmpty()) {
      throw new DataException(
          options.input() + " has validation images of its own, so none can be held out");
    }
  }

  /** Returns what a person has to be told of how the input is understood, a sentence each. */
  public List<String> notices() throws IOException {
    List<String> notices = new ArrayList<>(source.notices());
    notices.addAll(ClassNotices.of(source.classNames()));
    return notices;
  }

  /** Follows a preparation, in the driver. */
  public interface Listener {
    /** Called at the beginning, with whether an interrupted preparation is continued. */
    void begins(boolean continued, int parts);

    /** Called before a split's images are written. */
    void writes(Split split, int images, int shards);

    /**
     * Called when all is written and about to appear under its name.
     *
     * @throws IOException if it must not
     */
    default void publishes() throws IOException {}
  }

  /**
   * Makes the shards.
   *
   * @param tasks runs what executors do
   * @param restart whether the rest of an interrupted preparation is discarded
   * @return what the output holds
   */
  public Manifest run(TaskRunner tasks, boolean restart, Listener listener) throws IOException {
    Staging staging = Staging.of(configuration, options.output(), overwrite);
    // A user who was told of unusable images and does not skip them has mended the input.
    boolean mended = options.onCorrupt() == OnCorrupt.FAIL && staging.wasRefused();
    boolean continued = staging.begin(plan(), restart || mended);
    listener.begins(continued, parts.values().stream().mapToInt(List::size).sum());
    List<SplitPlan> plans = new ArrayList<>();
    List<PartCount> training = list(tasks, Split.TRAIN);
    if (!training.isEmpty()) {
      plans.add(SplitPlan.of(Split.TRAIN, training, options.shards()));
    }
    List<PartCount> validation =
        options.validationShare() > 0 ? heldOut(training.size()) : list(tasks, Split.VALIDATION);
    if (!validation.isEmpty()) {
      plans.add(SplitPlan.of(Split.VALIDATION, validation, options.shards()));
    }
    Account account = Account.of(leftOut.reasons());
    training.forEach(part -> account.add(part.leftOut()));
    validation.forEach(part -> account.add(part.leftOut()));
    Map<SplitPlan, List<ShardSummary>> written = new LinkedHashMap<>();
    List<SkippedImage> skipped = new ArrayList<>();
    Account noted = new Account();
    for (SplitPlan plan : plans) {
      listener.writes(plan.split(), plan.images(), plan.shards());
      List<ShardSummary> summaries = write(tasks, plan);
      written.put(plan, summaries);
      for (ShardSummary summary : summaries) {
        skipped.addAll(summary.skipped());
        noted.add(summary.noted());
      }
    }
    if (options.onCorrupt() == OnCorrupt.FAIL && !skipped.isEmpty()) {
      staging.refused();
      throw UnusableImages.refuse(skipped, plans.stream().mapToInt(SplitPlan::images).sum());
    }
    skipped.forEach(image -> account.count(image.kind(), image.name()));
    Map<String, Manifest.ShardedSplit> splits = new TreeMap<>();
    written.forEach(
        (plan, summaries) -> splits.put(Manifest.name(plan.split()), merge(plan, summaries)));
    Manifest manifest =
        new Manifest(
            Manifest.VERSION,
            source.classNames().size(),
            source.classNames(),
            splits,
            account,
            noted,
            options.format() + " " + DataFolder.at(configuration, options.input()),
            options.identity());
    if (!skipped.isEmpty()) {
      staging.writeText(
          SKIPPED,
          skipped.stream().map(image -> image.sentence() + "\n").collect(Collectors.joining()));
    }
    listener.publishes();
    staging.publish(manifest);
    return manifest;
  }

  private Map<String, String> plan() throws IOException {
    Map<String, String> plan = new TreeMap<>(options.identity());
    plan.put("input", DataFolder.at(configuration, options.input()).toString());
    // Lists that were written before somebody mended the input would give other labels.
    List<String> understood = new ArrayList<>(source.classNames());
    understood.addAll(source.notices());
    parts.values().forEach(understood::addAll);
    byte[] text = String.join("\n", understood).getBytes(StandardCharsets.UTF_8);
    plan.put("understood-as", HexFormat.of().formatHex(Sha256.digest().digest(text)));
    return plan;
  }

  private List<PartCount> list(TaskRunner tasks, Split split) throws IOException {
    List<String> specs = parts.get(split);
    return tasks.run(
        IntStream.range(0, specs.size())
            .mapToObj(part -> new ListImages(options, split, part, specs.get(part)))
            .toList());
  }

  private List<PartCount> heldOut(int trainingParts) throws IOException {
    Staging staging = Staging.of(configuration, options.output(), true);
    List<PartCount> counts = new ArrayList<>();
    for (int part = 0; part < trainingParts; part++) {
      counts.add(new Listing(staging, Split.VALIDATION, part).count());
    }
    return counts;
  }

  private List<ShardSummary> write(TaskRunner tasks, SplitPlan plan) throws IOException {
    int classes = source.classNames().size();
    Stored stored = source.stored();
    return tasks.run(
        IntStream.range(0, plan.shards())
            .mapToObj(shard -> new WriteShard(options, plan, shard, classes, stored))
            .toList());
  }

  private Manifest.ShardedSplit merge(SplitPlan plan, List<ShardSummary> summaries) {
    int classes = source.classNames().size();
    ContentDigest content = new ContentDigest(source.classNames());
    CommonShape shape = new CommonShape();
    PixelStatistics pixels = new PixelStatistics();
    int[] classCounts = new int[classes];
    int skipped = 0;
    List<Manifest.Shard> shards = new ArrayList<>();
    for (ShardSummary summary : summaries) {
      content.add(summary.digest());
      skipped += summary.skipped().size();
      if (summary.pixels() != null) {
        pixels.add(summary.pixels());
      }
      if (summary.shard() != null) {
        shape.add(summary.imageShape());
        shards.add(summary.shard());
      }
      for (int c = 0; c < classes; c++) {
        classCounts[c] += summary.classCounts().get(c);
      }
    }
    if (shards.isEmpty()) {
      throw new DataException(
          "not one image for " + Manifest.name(plan.split()) + " can be decoded");
    }
    return new Manifest.ShardedSplit(
        shape.imageShape(),
        plan.images() - skipped,
        Arrays.stream(classCounts).boxed().toList(),
        skipped,
        content.hex(),
        // What an earlier version has left of this preparation has no sums.
        summaries.stream().allMatch(summary -> summary.pixels() != null)
            ? pixels.sums()
            : PixelSums.UNKNOWN,
        shards);
  }
}
