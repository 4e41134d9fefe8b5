package dev.convoy.spark.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.data.loader.BatchLoader;
import dev.convoy.data.loader.CorruptSamplePolicy;
import dev.convoy.data.loader.NodeBlock;
import dev.convoy.data.loader.Prefetch;
import dev.convoy.data.loader.TrainingOrder;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Replica;
import dev.convoy.optim.Plateau;
import dev.convoy.spark.checkpoint.Checkpoint;
import dev.convoy.spark.checkpoint.CheckpointState;
import dev.convoy.spark.checkpoint.CheckpointStore;
import dev.convoy.spark.cluster.Rendezvous;
import dev.convoy.spark.cluster.TaskFailure;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.SyncConfig;
import dev.convoy.spark.telemetry.LastingFailure;
import dev.convoy.spark.telemetry.Telemetry;
import dev.convoy.train.Accumulation;
import dev.convoy.train.AllReduce;
import dev.convoy.train.Averaging;
import dev.convoy.train.BatchGradients;
import dev.convoy.train.GradientSource;
import dev.convoy.train.PhaseTimer;
import dev.convoy.train.Synchronization;
import dev.convoy.train.VirtualNodeStatistics;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.BarrierTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task of one executor: puts together what the {@link Trainer} needs, and runs it. */
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
      int vector = plan.network().vectorLength();
      try (Collective collective =
              Collective.open(rendezvous.meet(context), vector, config.train().virtualNodes());
          ThreadTeam team = new ThreadTeam(config.cluster().coresPerExecutor())) {
        // While the others still wait for this rank: what they say of a peer that left comes after.
        return telling(() -> train(plan, data, kernels.kernels(), collective, team));
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

  private AttemptResult train(
      RunPlan plan, RunData data, Kernels kernels, Collective collective, ThreadTeam team)
      throws Exception {
    CheckpointStore store = CheckpointStore.of(spec.output(), hadoop);
    Checkpoint checkpoint = spec.checkpoint() == null ? null : store.named(spec.checkpoint());
    Optional<CheckpointState> kept =
        checkpoint == null ? Optional.empty() : Optional.of(checkpoint.state());
    long firstStep = kept.map(CheckpointState::step).orElse(0L);
    PhaseTimer timer = new PhaseTimer();
    VirtualNodeStatistics statistics = new VirtualNodeStatistics(config.train().virtualNodes(), 1);
    NodeBlock nodes = nodes(collective);
    Reporter reporter = new Reporter(plan, timer, spec.attempt(), collective.rank());
    try (BatchLoader loader =
        new BatchLoader(
            data.training(),
            List.of(data.trainingPipeline(plan.network())),
            new TrainingOrder(config.train().seed(), plan.batches()),
            nodes,
            firstStep,
            prefetch(),
            RunData.corruptSamples(config.data(), reporter::skipped))) {
      int microbatch = config.train().microbatchSize();
      int nodesAtOnce = nodesAtOnce(nodes.count());
      BatchGradients batch =
          new BatchGradients(
              Replica.training(plan.network(), kernels, nodesAtOnce * microbatch, team.count()),
              microbatch,
              team.count(),
              new LoadedBatches(loader),
              plan.loss(),
              (node, loss, images, logits, labels) ->
                  statistics.record(node, 0, loss, images, logits, labels),
              timer);
      GradientSource gradients =
          nodesAtOnce < nodes.count() ? new Accumulation(batch, nodesAtOnce) : batch;
      Synchronization synchronization =
          synchronization(plan, collective, team, timer, checkpoint, gradients);
      CheckpointWriter checkpoints =
          new CheckpointWriter(
              store,
              plan.network(),
              plan.classNames(),
              collective,
              spec.identity(),
              spec.attempt(),
              config.checkpoint().keep(),
              lease());
      CorruptSamplePolicy corruptSamples = RunData.corruptSamples(config.data(), reporter::skipped);
      MetricsAggregator scores =
          metricsAggregator(plan, data, kernels, collective, team, statistics, corruptSamples);
      Plateau plateau = plan.plateau();
      kept.map(CheckpointState::plateau).ifPresent(plateau::restore);
      Trainer trainer = new Trainer(plan, plateau, synchronization, scores, checkpoints, reporter);
      Optional<Divergence> divergence = trainer.train(firstStep);
      reporter.flush();
      return divergence.isEmpty()
          ? done(plan, data, collective, synchronization)
          : new AttemptResult.Diverged(divergence.get());
    }
  }

  private Prefetch prefetch() {
    return new Prefetch(config.data().prefetch(), config.data().workers());
  }

  /** How many of an executor's virtual nodes share a forward and a backward pass. */
  private int nodesAtOnce(int nodes) {
    if (config.sync().mode() == SyncConfig.Mode.AVERAGING) {
      return 1;
    }
    int rounds = Math.min(config.train().accumulate(), nodes);
    // Subtrees are powers of two, and are cut into such.
    return rounds == 1 ? nodes : Integer.highestOneBit((nodes + rounds - 1) / rounds);
  }

  private MetricsAggregator metricsAggregator(
      RunPlan plan,
      RunData data,
      Kernels kernels,
      Collective collective,
      ThreadTeam team,
      VirtualNodeStatistics statistics,
      CorruptSamplePolicy corruptSamples) {
    Evaluator evaluator =
        new Evaluator(
            plan.evaluation(),
            nodes(collective),
            plan.network(),
            kernels,
            team,
            plan.loss(),
            data.validation(),
            List.of(RunData.validationPipeline(config.data(), data.validation(), plan.network())),
            config.data(),
            corruptSamples);
    return new MetricsAggregator(collective, statistics, evaluator);
  }

  private static NodeBlock nodes(Collective collective) {
    Range block = collective.virtualNodes().block(collective.rank());
    return new NodeBlock(block.from(), block.to());
  }

  private Synchronization synchronization(
      RunPlan plan,
      Collective collective,
      ThreadTeam team,
      PhaseTimer timer,
      Checkpoint checkpoint,
      GradientSource gradients)
      throws IOException {
    float[] weights =
        checkpoint == null
            ? FirstWeights.of(plan, hadoop).vector()
            : checkpoint.weights(plan.network());
    Synchronization synchronization =
        switch (config.sync().mode()) {
          case ALL_REDUCE ->
              new AllReduce(collective, plan.optimizer(), team, timer, weights, gradients);
          case AVERAGING ->
              new Averaging(
                  collective,
                  plan.optimizer(),
                  team,
                  timer,
                  weights,
                  config.sync().period(),
                  plan.steps(),
                  gradients);
        };
    if (checkpoint != null) {
      synchronization.restore(checkpoint.optimizerState(synchronization.stateSlice()));
    }
    return synchronization;
  }

  private RunLease lease() {
    return new RunLease(spec.output(), spec.lease(), hadoop);
  }

  /** Rank 0 writes the final weights; the others' are the same. */
  private AttemptResult done(
      RunPlan plan, RunData data, Collective collective, Synchronization synchronization)
      throws IOException {
    String digest =
        collective.rank() == 0
            ? FinalWeights.write(lease(), synchronization.weights(), plan, data)
            : "";
    return new AttemptResult.Done(digest);
  }
}
