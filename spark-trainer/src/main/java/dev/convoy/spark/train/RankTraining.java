package dev.convoy.spark.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.data.loader.BatchLoader;
import dev.convoy.data.loader.CorruptSamplePolicy;
import dev.convoy.data.loader.Prefetch;
import dev.convoy.data.loader.TrainingOrder;
import dev.convoy.kernel.Kernels;
import dev.convoy.optim.Plateau;
import dev.convoy.spark.checkpoint.Checkpoint;
import dev.convoy.spark.checkpoint.CheckpointState;
import dev.convoy.spark.checkpoint.CheckpointStore;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.SyncConfig;
import dev.convoy.train.StateSlice;
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

  RankTraining(TrainSpec spec, RunPlan plan, RunData data, Kernels kernels, Collective collective) {
    this.spec = spec;
    this.plan = plan;
    this.data = data;
    this.kernels = kernels;
    this.collective = collective;
    config = spec.job().config();
    hadoop = spec.job().hadoopConfiguration();
    reporter = new Reporter(plan, spec.attempt(), collective);
  }

  /** Trains from the checkpoint, if there is one, to the end. */
  AttemptResult run() throws Exception {
    CheckpointStore store = CheckpointStore.of(spec.output(), hadoop);
    Optional<Checkpoint> checkpoint =
        spec.checkpoint() == null ? Optional.empty() : Optional.of(store.named(spec.checkpoint()));
    Optional<CheckpointState> kept =
        checkpoint.isPresent() ? Optional.of(checkpoint.get().state()) : Optional.empty();
    long firstStep = kept.map(CheckpointState::step).orElse(0L);
    try (BatchLoader loader = loader(firstStep);
        Trainer trainer = trainer(loader, firstStep, checkpoint);
        CheckpointWriter checkpoints = checkpoints(store)) {
      if (checkpoint.isPresent()) {
        trainer.synchronization().restore(optimizerState(checkpoint.get(), trainer));
      }
      Plateau plateau = plan.plateau();
      kept.map(CheckpointState::plateau).ifPresent(plateau::restore);
      TrainingLoop loop =
          new TrainingLoop(plan, plateau, trainer, metrics(trainer), checkpoints, reporter);
      Optional<Divergence> divergence = loop.run(firstStep);
      checkpoints.await();
      reporter.flush();
      return divergence.isPresent()
          ? new AttemptResult.Diverged(divergence.get())
          : new AttemptResult.Done(writeWeights(trainer));
    }
  }

  private static List<StateSlice> optimizerState(Checkpoint checkpoint, Trainer trainer)
      throws IOException {
    return checkpoint.optimizerState(
        trainer.synchronization().state().stream().map(StateSlice::range).toList());
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

  private Trainer trainer(BatchLoader loader, long firstStep, Optional<Checkpoint> checkpoint)
      throws IOException {
    TrainerBuilder builder =
        Trainer.of(plan.network())
            .kernels(kernels)
            .loss(plan.loss())
            .optimizer(ranges -> plan.optimizer())
            .batchSize(config.train().batchSize())
            .collective(collective)
            .threads(config.cluster().coresPerExecutor())
            .weights(
                checkpoint.isPresent()
                    ? checkpoint.get().weights(plan.network())
                    : FirstWeights.of(plan, hadoop).vector())
            .batches(new LoadedBatches(loader))
            .overlap(config.sync().overlap())
            .accumulate(config.train().accumulate())
            .firstStep(firstStep);
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
