package dev.convoy.train;

import dev.convoy.collective.Range;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;

/**
 * Classifies images without training, by one crop of each or the mean prediction of several. The
 * workers of the team share every microbatch.
 */
public final class Evaluator {
  private final Loss loss;
  private final ThreadTeam team;
  private final int crops;
  private final Replica replica;
  private final int[] labels;

  /** The number of images in the current microbatch; worker 0 sets it before a barrier. */
  private int images;

  /**
   * Allocates an evaluator, which may evaluate any number of times.
   *
   * @param microbatch the most images of a microbatch
   * @param crops how many inputs each image has
   */
  public Evaluator(
      Network network, Kernels kernels, ThreadTeam team, Loss loss, int microbatch, int crops) {
    this.loss = loss;
    this.team = team;
    this.crops = crops;
    replica = Replica.evaluating(network, kernels, microbatch * crops, team.count());
    labels = new int[microbatch];
  }

  /**
   * Evaluates the microbatches of some virtual nodes.
   *
   * @param nodes which of the virtual nodes
   * @param virtualNodes how many there are on all ranks
   * @return statistics in which only the entries of {@code nodes} are filled
   */
  public VirtualNodeStatistics evaluate(
      float[] weights, Range nodes, int virtualNodes, EvaluationSource source) throws Exception {
    VirtualNodeStatistics statistics = new VirtualNodeStatistics(virtualNodes, source.rounds());
    team.run(
        worker -> {
          for (int round = 0; round < source.rounds(); round++) {
            for (int node = nodes.from(); node < nodes.to(); node++) {
              classify(worker, source, round, node, weights, statistics);
            }
          }
        });
    return statistics;
  }

  private void classify(
      Worker worker,
      EvaluationSource source,
      int round,
      int node,
      float[] weights,
      VirtualNodeStatistics statistics)
      throws Exception {
    if (worker.first()) {
      images = source.copy(round, node, replica.input(), labels);
    }
    worker.barrier();
    int count = images;
    if (count == 0) {
      // Every worker reads the count before worker 0 copies the next microbatch.
      worker.barrier();
      return;
    }
    replica.forward(Pass.evaluation(worker, count * crops, weights));
    if (worker.first()) {
      CropAverage.of(count, crops, loss, replica.logits());
      float mean = loss.evaluate(count, replica.logits(), labels, null);
      statistics.record(node, round, mean, count, replica.logits(), labels);
    }
  }
}
