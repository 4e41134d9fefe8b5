package dev.convoy.spark.train;

import dev.convoy.collective.Range;
import dev.convoy.collective.VirtualNodes;
import dev.convoy.data.Dataset;
import dev.convoy.data.loader.EvaluationOrder;
import dev.convoy.nn.Network;
import dev.convoy.spark.cluster.ClusterException;
import dev.convoy.spark.cluster.Executors;
import dev.convoy.spark.cluster.Interruption;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.cluster.StageFailure;
import dev.convoy.spark.cluster.TaskReport;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.storage.WeightsFile;
import dev.convoy.spark.telemetry.ProgressPrinter;
import dev.convoy.train.Score;
import dev.convoy.train.VirtualNodeStatistics;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;

/**
 * {@code convoy evaluate} in the driver: checks everything, lets every executor classify the images
 * of a block of virtual nodes, and adds up in the order in which a training run does.
 */
public final class EvaluateJob implements Evaluation {
  private static final String SOFTMAX = "softmax-cross-entropy";

  private final PrintStream out;

  /** Tells a person on {@code out}. */
  public EvaluateJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public void evaluate(ConvoyConfig given, String weights) throws Exception {
    Configuration hadoop = SparkApplication.hadoopConfiguration();
    WeightsFile file = WeightsFile.read(weights, hadoop);
    ConvoyConfig config = TrainedNormalization.evaluating(qualified(given, hadoop), file, hadoop);
    Notices.print(out, config.notices());
    Notices.print(out, file.notices());
    EvaluationOrder order = check(config, file, hadoop);
    String qualified = SparkApplication.qualify(weights, hadoop);
    Score score = Interruption.guard(this::interrupted, () -> score(config, qualified, order));
    long skipped = order.size() - (long) score.images();
    if (skipped > 0) {
      out.printf(
          Locale.ROOT, "skipped %,d corrupt samples; the executors' logs name them%n", skipped);
    }
    out.println(
        String.format(
            Locale.ROOT,
            "validation  %,d images  loss %.4f  top-1 %.2f %%%s",
            (long) score.images(),
            score.loss(),
            100 * score.top1(),
            ProgressPrinter.top5(score.top5(config.network().classes()))));
    out.flush();
  }

  /** Returns the score of all validation images. */
  private Score score(ConvoyConfig config, String weights, EvaluationOrder order) throws Exception {
    try (SparkApplication spark =
        SparkApplication.start(
            "convoy evaluate " + config.name(), config.cluster(), out::println)) {
      int ranks = new Executors(spark, config.cluster()).await(out::println);
      JobSpec job = JobSpec.of(config);
      List<EvaluateTask> tasks =
          IntStream.range(0, ranks)
              .mapToObj(part -> new EvaluateTask(job, weights, part, ranks))
              .toList();
      return total(order, EvaluateTask.nodes(config, ranks), results(spark.each(tasks)));
    } catch (SparkException e) {
      Interruption.awaitEnd();
      throw new ClusterException("the evaluation failed: " + StageFailure.of(e), e);
    }
  }

  private void interrupted() {
    out.println("interrupted");
    out.flush();
  }

  private static List<VirtualNodeStatistics> results(
      List<TaskReport<VirtualNodeStatistics>> reports) {
    List<VirtualNodeStatistics> results = new ArrayList<>();
    for (TaskReport<VirtualNodeStatistics> report : reports) {
      if (report instanceof TaskReport.Done<VirtualNodeStatistics> done) {
        results.add(done.result());
      } else if (report instanceof TaskReport.Failed<VirtualNodeStatistics> failed) {
        String sentence = failed.failure().sentence();
        throw failed.failure().refused()
            ? new UserError(sentence)
            : new ClusterException("the evaluation failed: " + sentence);
      }
    }
    return results;
  }

  private static Score total(
      EvaluationOrder order, VirtualNodes nodes, List<VirtualNodeStatistics> parts) {
    VirtualNodeStatistics all =
        new VirtualNodeStatistics(nodes.count(), Math.toIntExact(order.steps()));
    for (int part = 0; part < parts.size(); part++) {
      Range block = nodes.block(part);
      all.take(parts.get(part), block.from(), block.to());
    }
    return all.total();
  }

  /** Refuses here, before anything starts, what every executor would refuse. */
  private static EvaluationOrder check(
      ConvoyConfig config, WeightsFile weights, Configuration hadoop) throws IOException {
    Network network = RunPlan.network(config);
    weights.vector(network);
    try (Dataset validation = RunData.openValidation(config.data(), hadoop)) {
      RunData.requireClasses(validation, config.data().validation(), network.classes());
      weights
          .otherClasses(config.data().validation(), RunData.classNames(config.data(), validation))
          .ifPresent(
              difference -> {
                throw new UserError("the weights know other classes: " + difference);
              });
      int crops = EvaluateTask.crops(config, validation, network).size();
      String loss = RunPlan.loss(config, network).name();
      if (crops > 1 && !loss.equals(SOFTMAX)) {
        throw new UserError(
            "evaluate.crops = %s averages probabilities of %s, but the loss is %s"
                .formatted(config.evaluate().crops(), SOFTMAX, loss));
      }
      return EvaluateTask.order(config, validation, network);
    }
  }

  /** Makes relative paths absolute, for executors have another working folder. */
  private static ConvoyConfig qualified(ConvoyConfig config, Configuration hadoop)
      throws IOException {
    return config.withData(
        config.data().train(), SparkApplication.qualify(config.data().validation(), hadoop));
  }
}
