package dev.convoy.spark.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.data.loader.BatchLoader;
import dev.convoy.data.loader.CorruptSamplePolicy;
import dev.convoy.data.loader.Prefetch;
import dev.convoy.data.loader.TrainingOrder;
import dev.convoy.kernel.Kernels;
import dev.convoy.optim.Plateau;
import dev.convoy.spark.checkpoint.CheckpointStore;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.SyncConfig;
import dev.convoy.spark.recovery.Agreement;
import dev.convoy.spark.recovery.ExecutorMemory;
import dev.convoy.train.Recovery;
import dev.convoy.train.SliceVersions;
import dev.convoy.train.StateGather;
import dev.convoy.train.StateSlice;
import dev.convoy.train.Synchronization;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainerBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Assembles what one rank trains with from a run's plan, trains, and writes the result. */
final class RankTraining {
  private final TrainSpec spec;
  private final RunPlan plan;
  private final RunData data;
  private final Kernels kernels;
  private final Collective collective;
  private final ConvoyConfig config;
  private final Configuration hadoop;
  private final Reporter reporter;
  private final Optional<Agreement> agreement;

  // What is left if training ends early; null before there is any.
  private Trainer trained;
  private TrainingLoop loop;

  /**
   * @param agreement of all ranks on what to go on from, if not from the checkpoint
   */
  RankTraining(
      TrainSpec spec,
      RunPlan plan,
      RunData data,
      Kernels kernels,
      Collective collective,
      Optional<Agreement> agreement) {
    this.spec = spec;
    this.plan = plan;
    this.data = data;
    this.kernels = kernels;
    this.collective = collective;
    this.agreement = agreement;
    config = spec.job().config();
    hadoop = spec.job().hadoopConfiguration();
    reporter = new Reporter(plan, spec.attempt(), collective);
  }

  /** Trains from what the ranks have agreed on, or the checkpoint, if there is one, to the end. */
  AttemptResult run() throws Exception {
    CheckpointStore store = CheckpointStore.of(spec.output(), hadoop);
    List<SliceVersions> kept = ExecutorMemory.slices(spec.secret().jobId());
    Start start = start(store, kept);
    try (BatchLoader loader = loader(start.step());
        Trainer trainer = trainer(loader, start);
        CheckpointWriter checkpoints = checkpoints(store)) {
      restore(trainer.synchronization(), start);
      Plateau plateau = plan.plateau();
      plateau.restore(start.loop().plateau());
      trained = trainer;
      loop = new TrainingLoop(plan, plateau, trainer, metrics(trainer), checkpoints, reporter);
      ExecutorMemory.forget(kept);
      reporter.begun(start);
      Optional<Divergence> divergence = loop.run(start);
      checkpoints.await();
      reporter.flush();
      return divergence.isPresent()
          ? new AttemptResult.Diverged(divergence.get())
          : new AttemptResult.Done(writeWeights(trainer));
    }
  }

  private Start start(CheckpointStore store, List<SliceVersions> kept) throws IOException {
    if (agreement.isPresent()) {
      Recovery recovery = agreement.get().recovery();
      kept.stream()
          .filter(slice -> slice.has(recovery.step()))
          .forEach(slice -> slice.keepOnly(recovery.step()));
      return new Start.FromMemory(
          recovery.step(), new StateGather(collective, recovery, kept), agreement.get().loop());
    }
    return spec.checkpoint() == null
        ? new Start.Anew(plan, hadoop)
        : Start.FromCheckpoint.of(plan, store.named(spec.checkpoint()));
  }

  private static void restore(Synchronization synchronization, Start start) throws IOException {
    Optional<List<StateSlice>> state = start.optimizerState(synchronization.held());
    if (state.isPresent()) {
      synchronization.restore(state.get(), start.step());
    }
  }

  /**
   * Leaves the state in the executor's memory, after training has ended early and the collective is
   * closed.
   */
  void leaveState() {
    if (trained != null) {
      ExecutorMemory.leave(
          spec.secret().jobId(),
          trained.synchronization().versions(),
          loop.states(),
          loop.reported());
    }
  }

  private BatchLoader loader(long firstStep) {
    return new BatchLoader(
        data.training(),
        List.of(data.trainingPipeline(plan.network())),
        new TrainingOrder(config.train().seed(), plan.batches()),
        block(),
        firstStep,
        new Prefetch(config.data().prefetch(), config.data().workers()),
        corruptSamples());
  }

  private Trainer trainer(BatchLoader loader, Start start) throws IOException {
    TrainerBuilder builder =
        Trainer.of(plan.network())
            .kernels(kernels)
            .loss(plan.loss())
            .optimizer(ranges -> plan.optimizer())
            .batchSize(config.train().batchSize())
            .collective(collective)
            .threads(config.cluster().coresPerExecutor())
            .weights(start.weights())
            .batches(new LoadedBatches(loader))
            .overlap(config.sync().overlap())
            .accumulate(config.train().accumulate())
            .firstStep(start.step());
    return config.sync().mode() == SyncConfig.Mode.AVERAGING
        ? builder
            .averaging(config.sync().period(), plan.steps())
            .averagingFrom(plan.averagingFrom())
            .build()
        : builder.build();
  }

  private MetricsAggregator metrics(Trainer trainer) {
    DatasetEvaluator evaluator =
        new DatasetEvaluator(
            plan.evaluation(),
            block(),
            plan.network(),
            kernels,
            trainer.team(),
            plan.loss(),
            data.validation(),
            List.of(RunData.validationPipeline(config.data(), data.validation(), plan.network())),
            config.data(),
            corruptSamples());
    return new MetricsAggregator(collective, trainer.statistics(), evaluator);
  }

  private CheckpointWriter checkpoints(CheckpointStore store) {
    CheckpointFiles files =
        new CheckpointFiles(
            store, plan, collective, spec.identity(), spec.attempt(), lease(), reporter::published);
    return new CheckpointWriter(files, plan, collective);
  }

  /**
   * Writes the final weights on rank 0, and returns their hash; the other ranks have the same
   * weights.
   */
  private String writeWeights(Trainer trainer) throws IOException {
    return collective.rank() == 0
        ? FinalWeights.write(lease(), trainer.synchronization().weights(), plan, data)
        : "";
  }

  private Range block() {
    return collective.virtualNodes().block(collective.rank());
  }

  private CorruptSamplePolicy corruptSamples() {
    return RunData.corruptSamples(config.data(), reporter::skipped);
  }

  private RunLease lease() {
    return new RunLease(spec.output(), spec.lease(), hadoop);
  }
}
