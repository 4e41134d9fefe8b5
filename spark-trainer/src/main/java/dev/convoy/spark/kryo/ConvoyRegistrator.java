package dev.convoy.spark.kryo;

import com.esotericsoftware.kryo.Kryo;
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
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Every class of Convoy's that goes through Spark: tasks with what they need to know, their
 * results, and what they tell while they run. A new record is a line in {@link #RECORDS}.
 *
 * <p>Driver and executors number the classes in the order of registration, which is the same for
 * both, as they run the same jar.
 */
public final class ConvoyRegistrator implements KryoRegistrator {
  /** The records, which {@link RecordSerializer} writes. */
  static final List<Class<? extends Record>> RECORDS =
      List.of(
          // Tasks of training and evaluation.
          HadoopSettings.class,
          JobSpec.class,
          JobSecret.class,
          TrainSpec.class,
          EvaluateTask.class,
          PreflightTask.class,
          // Their results.
          TaskReport.Done.class,
          TaskReport.Failed.class,
          TaskFailure.class,
          AttemptResult.Done.class,
          AttemptResult.Diverged.class,
          AttemptResult.Refused.class,
          Divergence.class,
          VirtualNodeStatistics.class,
          PreflightReport.class,
          Finding.class,
          // Tasks of a preparation.
          SparkPrepareTask.class,
          ListImages.class,
          WriteShard.class,
          PrepareOptions.class,
          DecodeOptions.class,
          Background.class,
          SourceOptions.class,
          SplitPlan.class,
          Stored.class,
          // Their results.
          PartCount.class,
          ShardSummary.class,
          Manifest.Shard.class,
          ImageShape.class,
          PixelSums.class,
          SkippedImage.class,
          Account.Tally.class,
          // Telemetry.
          Envelope.class,
          AttemptBegun.class,
          TrainMetrics.class,
          TimeShares.class,
          RankTime.class,
          ValidationMetrics.class,
          PreparedImages.class,
          RunEvent.class,
          SkippedSample.class,
          LastingFailure.class);

  /** The enums. */
  static final List<Class<? extends Enum<?>>> ENUMS =
      List.of(
          Split.class,
          OnCorrupt.class,
          DecodeOptions.Truncated.class,
          Stored.Order.class,
          Finding.Verdict.class);

  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(ConvoyConfig.class, new ConfigSerializer());
    kryo.register(Account.class, new AccountSerializer());
    // What RecordSerializer makes of lists and maps.
    kryo.register(ArrayList.class);
    kryo.register(LinkedHashMap.class);
    ENUMS.forEach(kryo::register);
    RECORDS.forEach(record -> register(kryo, record));
  }

  private static <T extends Record> void register(Kryo kryo, Class<T> record) {
    kryo.register(record, new RecordSerializer<>(record));
  }
}
