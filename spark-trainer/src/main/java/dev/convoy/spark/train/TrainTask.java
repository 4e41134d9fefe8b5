package dev.convoy.spark.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.spark.cluster.Rendezvous;
import dev.convoy.spark.cluster.TaskFailure;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.telemetry.LastingFailure;
import dev.convoy.spark.telemetry.Telemetry;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.BarrierTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task of one executor: opens the data and the connections, trains, and reports failures. */
final class TrainTask {
  private static final Logger LOG = LoggerFactory.getLogger(TrainTask.class);

  private final TrainSpec spec;
  private final ConvoyConfig config;
  private final Configuration hadoop;

  TrainTask(TrainSpec spec) {
    this.spec = spec;
    config = spec.job().config();
    hadoop = spec.job().hadoopConfiguration();
  }

  /** Trains, and says how it ended. */
  AttemptResult run(BarrierTaskContext context) throws Exception {
    return telling(() -> open(context));
  }

  private AttemptResult open(BarrierTaskContext context) throws Exception {
    try (RunData data = RunData.open(config.data(), hadoop)) {
      RunPlan plan = RunPlan.of(config, data);
      KernelChoice kernels;
      try {
        kernels = RunPlan.kernels(config);
      } catch (IllegalStateException e) {
        return new AttemptResult.Refused(e.getMessage());
      }
      LOG.info(kernels.reason());
      JobSecret secret = spec.secret();
      Rendezvous rendezvous =
          new Rendezvous(
              secret.jobId(), spec.attempt(), secret.bytes(), secret.encrypt(), config.cluster());
      MeshOptions ranks = rendezvous.meet(context);
      try (Collective collective =
          Collective.open(ranks, plan.collective(ranks.ranks()), plan.rounding())) {
        // Before the connections are closed, so that the driver hears of this failure before other
        // ranks report a peer that left.
        RankTraining training = new RankTraining(spec, plan, data, kernels.kernels(), collective);
        return telling(training::run);
      }
    }
  }

  /** Tells the driver of a failure that another attempt would meet again, and passes it on. */
  private <T> T telling(Callable<T> work) throws Exception {
    try {
      return work.call();
    } catch (Exception | Error e) {
      TaskFailure.of(e).ifPresent(this::tell);
      throw e;
    }
  }

  private void tell(TaskFailure failure) {
    try {
      Telemetry.send(spec.attempt(), new LastingFailure(failure.refused(), failure.sentence()));
      Telemetry.flush(spec.attempt());
    } catch (IOException | RuntimeException e) {
      LOG.warn("the driver could not be told that {}", failure.sentence(), e);
    }
  }
}
