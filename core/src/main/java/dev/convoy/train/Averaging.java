package dev.convoy.train;

import dev.convoy.collective.Bfloat16;
import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.collective.Rounding;
import dev.convoy.collective.Subtree;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.nn.GradientLayout;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OptimizerShard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Parameter averaging (Moritz et al. 2016, "SparkNet", algorithm 1): every virtual node takes
 * {@code period} steps of its own, then the weights and the optimizer's states of all nodes are
 * averaged, in the same tree as gradients are in {@link AllReduce}. Each virtual node has weights
 * of its own, so an executor needs memory for as many copies as it carries nodes, and its workers
 * compute the nodes one after another.
 *
 * <p>Where the exchange is rounded to bfloat16, weights travel as what they have changed since the
 * last average: of the weights themselves 8 bits would lose small updates. The optimizer's state is
 * rounded as it is.
 */
public final class Averaging implements Synchronization {
  private final Collective collective;
  private final ThreadTeam team;
  private final PhaseTimer timer;
  private final int period;
  private final long lastStep;
  private final List<Subtree> subtrees;
  private final Range block;
  private final float[] sliceSum;
  private final float[][] weights;
  private final float[][] states;
  private final Rounding rounding;
  private final List<VectorTree> weightTrees;
  private final List<VectorTree> stateTrees;

  /**
   * The weights after the last average, from which the nodes' weights differ by little enough for
   * bfloat16; null if nothing is rounded.
   */
  private final float[] base;

  private final List<VirtualNodeGradients> gradients = new ArrayList<>();
  private final List<Update> updates = new ArrayList<>();

  /** What a run can go on from after the last average; empty if there are no replicas. */
  private final List<SliceVersions> versions = new ArrayList<>();

  private final ThreadTeam.Program program = this::work;

  // The current step; set by the caller's thread before the team begins.
  private long step;
  private boolean inStep = true;

  /**
   * Begins with the same weights in every node.
   *
   * @param period steps from one average to the next
   * @param steps of the whole run, whose last one averages too
   * @param source computes one virtual node at a time
   * @param layout of the gradient, which all nodes share
   */
  public Averaging(
      Collective collective,
      Optimizer optimizer,
      ThreadTeam team,
      PhaseTimer timer,
      float[] initial,
      int period,
      long steps,
      GradientSource source,
      GradientLayout layout) {
    this.collective = collective;
    this.team = team;
    this.timer = timer;
    this.period = period;
    lastStep = steps - 1;
    subtrees = collective.virtualNodes().subtrees(collective.rank());
    block = collective.virtualNodes().block(collective.rank());
    sliceSum = new float[collective.longestSlice()];
    weights = new float[block.length()][];
    states = new float[block.length()][initial.length];
    Arrays.setAll(weights, i -> initial.clone());
    rounding = collective.rounding();
    weightTrees = trees(weights);
    stateTrees = trees(states);
    base = collective.rounds() ? initial.clone() : null;
    float[] gradient = new float[layout.length()];
    if (collective.buddies().replicas() > 0) {
      for (Range range : held()) {
        versions.add(
            new SliceVersions(range, new float[range.length()], new float[range.length()]));
      }
    }
    for (int i = 0; i < block.length(); i++) {
      int node = block.from() + i;
      Range single = new Range(node, node + 1);
      OptimizerShard vector = OptimizerShard.whole(weights[i], gradient, states[i]);
      Update update = new Update(optimizer, layout, vector, team.count(), timer);
      updates.add(update);
      gradients.add(
          source.bind(
              single, weights[i], List.of(new Subtree(node, 1)), List.of(gradient), update));
    }
  }

  /** Returns what adds the vectors of each subtree. */
  private List<VectorTree> trees(float[][] vectors) {
    List<VectorTree> trees = new ArrayList<>();
    for (Subtree subtree : subtrees) {
      int from = subtree.first() - block.from();
      float[][] leaves = Arrays.copyOfRange(vectors, from, from + subtree.size());
      trees.add(new VectorTree(rounding, subtree.first(), 1, leaves));
    }
    return List.copyOf(trees);
  }

  @Override
  public void step(long number, float rate) throws Exception {
    step = number;
    for (int i = 0; i < updates.size(); i++) {
      updates.get(i).begin(rate);
    }
    inStep = (step + 1) % period == 0 || step == lastStep;
    team.run(program);
    if (inStep) {
      keepVersions(step + 1);
    }
  }

  /** Copies what every rank has after an average, so no replica needs to be sent. */
  private void keepVersions(long steps) {
    for (int i = 0; i < versions.size(); i++) {
      SliceVersions slice = versions.get(i);
      slice.begin();
      slice.keep(0, slice.range().length());
      slice.copyFrom(weights[0], states[0]);
      slice.end(steps);
    }
  }

  private void work(Worker worker) throws Exception {
    for (int i = 0; i < gradients.size(); i++) {
      gradients.get(i).compute(worker, step);
      updates.get(i).end(worker);
    }
    if (inStep) {
      long start = System.nanoTime();
      if (worker.first()) {
        rounding.step(step);
        collective.step(step);
      }
      worker.barrier();
      average(worker, weights, weightTrees, base);
      average(worker, states, stateTrees, null);
      timer.addSince(worker, Phase.COMMUNICATION, start);
    }
  }

  /**
   * Replaces each vector by the mean of those of all virtual nodes.
   *
   * @param base what the vectors are averaged as differences from; null if they are averaged
   *     themselves
   */
  private void average(Worker worker, float[][] vectors, List<VectorTree> trees, float[] base) {
    int from = worker.from(vectors[0].length);
    int to = worker.to(vectors[0].length);
    if (base != null) {
      for (float[] vector : vectors) {
        subtract(vector, base, from, to);
      }
    }
    for (int i = 0; i < trees.size(); i++) {
      trees.get(i).sum(from, to, 0);
    }
    worker.barrier();
    if (worker.first()) {
      exchange(vectors);
    }
    worker.barrier();
    if (base != null) {
      add(base, vectors[0], from, to);
      System.arraycopy(base, from, vectors[0], from, to - from);
    }
    for (int i = 1; i < vectors.length; i++) {
      System.arraycopy(vectors[0], from, vectors[i], from, to - from);
    }
    worker.barrier();
  }

  private static void subtract(float[] values, float[] others, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = values[i] - others[i];
    }
  }

  private static void add(float[] values, float[] others, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = values[i] + others[i];
    }
  }

  /**
   * Turns the sums of the subtrees, each in the first vector of its nodes, into the mean, in the
   * first vector of all.
   */
  private void exchange(float[][] vectors) {
    List<float[]> partials = new ArrayList<>();
    for (Subtree subtree : subtrees) {
      partials.add(vectors[subtree.first() - block.from()]);
    }
    float reciprocal = 1f / collective.virtualNodes().count();
    float[] mean = vectors[0];
    for (int bucket = 0; bucket < collective.buckets().count(); bucket++) {
      Range slice = collective.slice(bucket);
      collective.reduceScatter(bucket, partials, sliceSum);
      for (int i = 0; i < slice.length(); i++) {
        mean[slice.from() + i] = sliceSum[i] * reciprocal;
      }
      if (collective.rounds()) {
        Bfloat16.nearest(mean, slice.from(), slice.to());
      }
      collective.allGather(bucket, mean);
    }
  }

  @Override
  public boolean inStep() {
    return inStep;
  }

  @Override
  public float[] weights() {
    return weights[0];
  }

  @Override
  public void await() {}

  @Override
  public List<StateSlice> state() {
    return collective.owned(collective.rank()).stream()
        .map(r -> new StateSlice(r, Arrays.copyOfRange(states[0], r.from(), r.to())))
        .toList();
  }

  @Override
  public List<Range> held() {
    int rank = collective.rank();
    return Stream.concat(collective.owned(rank).stream(), collective.replicated(rank).stream())
        .toList();
  }

  @Override
  public List<SliceVersions> versions() {
    return versions;
  }

  /** Restores the whole state, which every node needs, by gathering all slices. */
  @Override
  public void restore(List<StateSlice> restored, long steps) {
    for (StateSlice slice : restored) {
      System.arraycopy(slice.values(), 0, states[0], slice.range().from(), slice.range().length());
    }
    collective.allGather(states[0]);
    for (int i = 1; i < states.length; i++) {
      System.arraycopy(states[0], 0, states[i], 0, states[0].length);
    }
    keepVersions(steps);
  }
}
