package dev.convoy.spark.kryo;

import dev.convoy.data.Account;
import dev.convoy.data.ImageShape;
import dev.convoy.data.OnCorrupt;
import dev.convoy.data.PixelSums;
import dev.convoy.data.Split;
import dev.convoy.data.decode.Background;
import dev.convoy.data.decode.DecodeOptions;
import dev.convoy.data.prepare.ListImages;
import dev.convoy.data.prepare.PartCount;
import dev.convoy.data.prepare.PrepareOptions;
import dev.convoy.data.prepare.SplitPlan;
import dev.convoy.data.prepare.WriteShard;
import dev.convoy.data.shard.Manifest;
import dev.convoy.data.shard.ShardSummary;
import dev.convoy.data.shard.SkippedImage;
import dev.convoy.data.source.SourceOptions;
import dev.convoy.data.source.Stored;
import dev.convoy.spark.cluster.HadoopSettings;
import dev.convoy.spark.cluster.TaskFailure;
import dev.convoy.spark.cluster.TaskReport;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.prepare.SparkPrepareTask;
import dev.convoy.spark.telemetry.AttemptBegun;
import dev.convoy.spark.telemetry.Envelope;
import dev.convoy.spark.telemetry.LastingFailure;
import dev.convoy.spark.telemetry.PreparedImages;
import dev.convoy.spark.telemetry.RankTime;
import dev.convoy.spark.telemetry.RunEvent;
import dev.convoy.spark.telemetry.SkippedSample;
import dev.convoy.spark.telemetry.TrainMetrics;
import dev.convoy.spark.telemetry.ValidationMetrics;
import dev.convoy.spark.train.AttemptResult;
import dev.convoy.spark.train.Divergence;
import dev.convoy.spark.train.EvaluateTask;
import dev.convoy.spark.train.Finding;
import dev.convoy.spark.train.JobSecret;
import dev.convoy.spark.train.JobSpec;
import dev.convoy.spark.train.PreflightReport;
import dev.convoy.spark.train.PreflightTask;
import dev.convoy.spark.train.TrainSpec;
import dev.convoy.train.TimeShares;
import dev.convoy.train.VirtualNodeStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One or more samples of everything that goes through Spark. */
final class TravelSamples {
  private static final HadoopSettings HADOOP =
      new HadoopSettings(Map.of("fs.s3a.endpoint", "http://127.0.0.1:1", "fs.s3a.access.key", "k"));

  private TravelSamples() {}

  static List<Object> all() {
    List<Object> samples = new ArrayList<>();
    samples.addAll(tasks());
    samples.addAll(results());
    samples.addAll(messages());
    return samples;
  }

  private static List<Object> tasks() {
    ConvoyConfig config =
        ConvoyConfig.load(
            ConvoyConfig.BUILTIN,
            List.of(
                "network.name=lenet5",
                "data.train=/données/train",
                "data.augment.train=[mirror, \"lighting 0.1\"]",
                "data.normalize.mean=[0.1]",
                "data.normalize.std=[0.3]"));
    JobSpec job = new JobSpec(config, HADOOP);
    JobSecret secret = new JobSecret("application-1", new byte[] {1, -2, 3}, true);
    PrepareOptions options =
        new PrepareOptions(
            "tfrecord",
            "/in",
            "/out",
            3,
            256,
            95,
            0.125,
            OnCorrupt.SKIP,
            DecodeOptions.DEFAULT.on(Background.parse("#102030")),
            new SourceOptions("image", null, 1));
    SplitPlan plan = new SplitPlan(Split.VALIDATION, new int[] {0, 3, 8}, 2);
    return List.of(
        new TrainSpec(job, "/runs/a", "token", "{}", null, 0, 1, secret),
        new TrainSpec(job, "/runs/a", "token", "{}", "step-000000010", 10, 2, secret),
        new EvaluateTask(job, "/weights", 1, 3),
        new PreflightTask(job, "/runs/a", 1L << 33),
        new SparkPrepareTask<>(HADOOP, new ListImages(options, Split.TRAIN, 7, "part #7")),
        new SparkPrepareTask<>(HADOOP, new WriteShard(options, plan, 1, 10, Stored.FILES)));
  }

  private static List<Object> results() {
    Account account = new Account();
    account.count("ending .webp", "a/b.webp");
    account.count("ending .webp", "a/c.webp");
    account.count("empty files", "a/d.jpg");
    SkippedImage skipped = new SkippedImage("a.jpg", "/in/a.jpg", "broken image", "a marker", "s");
    Manifest.Shard shard = new Manifest.Shard("train/shard-00000.seq", 7, 99, "ab", "i", "cd");
    PixelSums pixels = new PixelSums(5, List.of(1L, 2L, 3L), List.of(4L, 5L, 1L << 60));
    return List.of(
        new AttemptResult.Done("0123"),
        new AttemptResult.Diverged(new Divergence(7, "the loss", "")),
        new AttemptResult.Diverged(new Divergence(9, "the tensor conv1.weight", "conv1.weight")),
        new AttemptResult.Refused("no vectors"),
        new PreflightReport(
            "host", "17", 5L, List.of(new Finding(Finding.Verdict.WARNS, "clocks", "one is slow"))),
        new TaskReport.Failed<>(new TaskFailure(true, "a sentence\tof \"any\" kind\n")),
        new TaskReport.Done<>(
            new VirtualNodeStatistics(1, 2, new float[] {1, Float.NaN, -0f, 4, 5, 6})),
        new TaskReport.Done<>(new PartCount(3, 1L << 40, account)),
        new TaskReport.Done<>(
            new ShardSummary(
                shard,
                new ImageShape(28, 28, 3),
                List.of(3, 4),
                "digest",
                pixels,
                List.of(skipped),
                account)),
        new TaskReport.Done<>(
            new ShardSummary(null, null, List.of(0, 0), "d", null, List.of(), new Account())));
  }

  private static List<Object> messages() {
    List<RankTime> ranks = List.of(new RankTime(0, "alpha", 4, 0.5, 100, 25, 1));
    TimeShares shares = new TimeShares(0.1, 0.2, 0.3, 0.25, 0.15, 0.05);
    return List.of(
        new Envelope(1, null),
        new Envelope(2, new TrainMetrics(3, 0.5, 1.25, 0.5, Double.NaN, 1e4, 0.05, shares, ranks)),
        new Envelope(2, new ValidationMetrics(4, 1, 1.25, 0.5, 0.9, 2e4)),
        new Envelope(0, new PreparedImages(64)),
        new Envelope(1, new AttemptBegun(49, 3, true)),
        new Envelope(1, new RunEvent("checkpoint at step 3")),
        new Envelope(1, new SkippedSample("x")),
        new Envelope(1, new LastingFailure(true, "y")));
  }
}
