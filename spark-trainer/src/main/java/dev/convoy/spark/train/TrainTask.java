package dev.convoy.spark.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.spark.cluster.Rendezvous;
import dev.convoy.spark.cluster.TaskFailure;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.recovery.Agreement;
import dev.convoy.spark.recovery.ExecutorMemory;
import dev.convoy.spark.recovery.Remnant;
import dev.convoy.spark.telemetry.LastingFailure;
import dev.convoy.spark.telemetry.Telemetry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
      Optional<Agreement> agreement = agree(context, plan);
      MeshOptions ranks = rendezvous.meet(context);
      Collective collective =
          Collective.open(ranks, plan.collective(ranks.hosts()), plan.rounding());
      RankTraining training =
          new RankTraining(spec, plan, data, kernels.kernels(), collective, agreement);
      try {
        // Before the connections are closed, so that the driver hears of this failure before other
        // ranks report a peer that left.
        return telling(training::run);
      } catch (Exception | Error e) {
        collective.close();
        training.leaveState();
        throw e;
      } finally {
        collective.close();
      }
    }
  }

  /** Agrees with all ranks on what they go on from, if their memory has anything newer. */
  private Optional<Agreement> agree(BarrierTaskContext context, RunPlan plan) {
    if (config.cluster().replicas() == 0) {
      return Optional.empty();
    }
    String own = ExecutorMemory.remnant(spec.secret().jobId()).toJson();
    List<Remnant> ofRanks = Arrays.stream(context.allGather(own)).map(Remnant::of).toList();
    return Agreement.of(ofRanks, spec.checkpointStep(), plan.network().vectorLength());
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
