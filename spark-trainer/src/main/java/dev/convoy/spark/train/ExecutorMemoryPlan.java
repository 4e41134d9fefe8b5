package dev.convoy.spark.train;

import dev.convoy.collective.CollectivePlan;
import dev.convoy.collective.Range;
import dev.convoy.collective.Subtree;
import dev.convoy.collective.VirtualNodes;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.WireFormat;
import dev.convoy.data.loader.Microbatch;
import dev.convoy.data.loader.Prefetch;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.GradientLayout;
import dev.convoy.nn.MemoryTable;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.SyncConfig;
import dev.convoy.train.Accumulation;
import dev.convoy.train.GradientLayouts;
import dev.convoy.train.SliceVersions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a training keeps in an executor's memory, in bytes. The dry run prints it; a test holds it
 * to what {@link RankTraining} allocates. A dataset's own memory is not part of it.
 *
 * @param nodes virtual nodes of the executor
 * @param nodesAtOnce how many of them share a forward and a backward pass
 * @param weights the flat vector, and a copy of the own slices; with averaging one for each node,
 *     and one more if they are rounded
 * @param gradients sums over subtrees of nodes, and over their units if they are rounded, as long
 *     as {@link GradientLayouts} says; sums that wait for others, and those of own slices
 * @param optimizer the state of the own slices; with averaging a whole vector for each node
 * @param activations values and their gradients, of the nodes that run at once
 * @param kernels what kernels keep, and the scratch memory that they share
 * @param evaluation what a replica takes that validates
 * @param readAhead the loader's buffers
 * @param validationReadAhead the buffers of the loader that there is while validating
 * @param exchange the collectives' buffers on the heap
 * @param exchangeOffHeap the collectives' buffers outside the heap
 * @param replicas what outlives a task: former versions of the own slices, and the slices of others
 * @param checkpoint the copies of own slices and, on rank 0, of the weights, that are written while
 *     training goes on
 */
record ExecutorMemoryPlan(
    int nodes,
    int nodesAtOnce,
    long weights,
    long gradients,
    long optimizer,
    long activations,
    long kernels,
    long evaluation,
    long readAhead,
    long validationReadAhead,
    long exchange,
    long exchangeOffHeap,
    long replicas,
    long checkpoint) {

  /** Plans the executor that needs the most, of as many as the configuration asks for. */
  static ExecutorMemoryPlan largest(RunPlan plan, Kernels kernels) {
    int executors = plan.config().cluster().executors();
    VirtualNodes nodes = plan.config().virtualNodes(executors);
    // Executors with the same subtrees differ in their slices alone, and the first has the largest.
    Map<List<Integer>, Integer> ranks = new LinkedHashMap<>();
    for (int rank = 0; rank < executors; rank++) {
      ranks.putIfAbsent(nodes.subtrees(rank).stream().map(Subtree::size).toList(), rank);
    }
    return ranks.values().stream()
        .map(rank -> of(plan, kernels, nodes, rank))
        .max(Comparator.comparingLong(ExecutorMemoryPlan::heap))
        .orElseThrow();
  }

  /**
   * Plans one executor.
   *
   * @param nodes how the virtual nodes lie on the executors
   */
  static ExecutorMemoryPlan of(RunPlan plan, Kernels kernels, VirtualNodes nodes, int rank) {
    boolean averaging = averages(plan.config());
    ExecutorMemoryPlan last = of(plan, kernels, nodes, rank, averaging);
    if (!averaging || plan.averagingFrom() == 0) {
      return last;
    }
    ExecutorMemoryPlan first = of(plan, kernels, nodes, rank, false);
    return first.heap() > last.heap() ? first : last;
  }

  private static boolean averages(ConvoyConfig config) {
    return config.sync().mode() == SyncConfig.Mode.AVERAGING;
  }

  private static ExecutorMemoryPlan of(
      RunPlan plan, Kernels kernels, VirtualNodes nodes, int rank, boolean averaging) {
    ConvoyConfig config = plan.config();
    int cores = config.cluster().coresPerExecutor();
    int microbatch = config.train().microbatchSize();
    int own = nodes.block(rank).length();
    int atOnce = nodesAtOnce(config, own, averaging);
    MemoryTable step = MemoryTable.of(plan.network(), kernels, atOnce * microbatch, cores);
    int validated = plan.evaluation().microbatchSize();

    int length = plan.network().vectorLength();
    long vector = (long) length * Float.BYTES;
    boolean rounds = config.sync().wire() != WireFormat.FLOAT32;
    // Alone, and if nothing is rounded, the vector itself is updated.
    boolean inPlace = nodes.ranks() == 1 && !rounds;
    CollectivePlan collective = plan.collective(nodes.ranks());
    long slices = floats(collective.owned(rank)) * Float.BYTES;
    long longest = (long) collective.longestSlice(rank) * Float.BYTES;
    long squares = (long) plan.optimizer().sumsBefore(length) * Float.BYTES;
    boolean inRounds = !averaging && atOnce < own;
    GradientLayout layout =
        averaging || inPlace
            ? GradientLayouts.ofOwnUpdate(plan.network(), plan.optimizer(), inRounds)
            : GradientLayouts.ofExchange(
                plan.network(),
                plan.optimizer(),
                plan.buckets(),
                config.sync().overlap(),
                inRounds);
    long gradient = (long) layout.length() * Float.BYTES;
    List<Subtree> subtrees = nodes.subtrees(rank);
    int unitSums = rounds ? unitSums(subtrees, atOnce, nodes.unit(), atOnce < own) : 0;
    long sums = averaging ? gradient : sums(subtrees, atOnce, gradient) + unitSums * gradient;
    // Nodes are averaged as differences from a vector if they are rounded.
    int averaged = own + (rounds ? 1 : 0);
    // An optimizer that needs norms keeps the sums of all buckets until it has them.
    long sliceSums = inPlace && !averaging ? 0 : averaging || squares == 0 ? longest : slices;
    // Where Spark's settings decide, they are known only when it has started.
    boolean encrypted = config.cluster().encrypt() == ClusterConfig.Encrypt.ON;
    long image = Microbatch.bytes(plan.network().input(), 1);
    int partners = collective.partners(rank).size();
    return new ExecutorMemoryPlan(
        own,
        atOnce,
        averaging ? averaged * vector : inPlace ? vector : vector + slices,
        sums + sliceSums,
        averaging ? own * (vector + squares) : slices + squares,
        step.shared(),
        step.kernels() + step.scratch(),
        MemoryTable.evaluation(plan.network(), kernels, validated, cores),
        (long) config.data().prefetch() * own * microbatch * image,
        (long) Prefetch.DEFAULT.steps() * own * validated * image,
        collective.heapBytes(rank) + Mesh.heapBytes(partners, encrypted),
        Mesh.offHeapBytes(partners, encrypted),
        replicas(collective, rank, averaging),
        config.checkpoint().every().isEmpty() ? 0 : slices + (rank == 0 ? vector : 0));
  }

  /**
   * Returns how many of an executor's virtual nodes share a forward and a backward pass.
   *
   * @param nodes virtual nodes of the executor
   */
  static int nodesAtOnce(ConvoyConfig config, int nodes) {
    return nodesAtOnce(config, nodes, averages(config));
  }

  private static int nodesAtOnce(ConvoyConfig config, int nodes, boolean averaging) {
    return averaging ? 1 : Accumulation.virtualNodesAtOnce(nodes, config.train().accumulate());
  }

  /** Returns a sum for each subtree, and those that wait on the levels of {@link Accumulation}. */
  private static long sums(List<Subtree> subtrees, int atOnce, long gradient) {
    int levels = 0;
    for (Subtree subtree : subtrees) {
      int rounds = subtree.size() / Math.min(atOnce, subtree.size());
      levels = Math.max(levels, Integer.numberOfTrailingZeros(rounds));
    }
    return (subtrees.size() + levels) * gradient;
  }

  /** Returns the sums of units that rounding keeps beside those of the subtrees. */
  private static int unitSums(List<Subtree> subtrees, int atOnce, int unit, boolean oneByOne) {
    IntStream sums =
        subtrees.stream().mapToInt(s -> Math.max(1, Math.min(atOnce, s.size()) / unit) - 1);
    return oneByOne ? sums.max().orElse(0) : sums.sum();
  }

  private static long replicas(CollectivePlan collective, int rank, boolean averaging) {
    if (collective.buddies().replicas() == 0) {
      return 0;
    }
    long own = floats(collective.owned(rank));
    long others = floats(collective.replicated(rank));
    // Averaged slices are copied from the nodes' own; others are updated where they are, and
    // those of others are one step behind, with the sum of the newest one.
    return averaging
        ? 2 * SliceVersions.bytes(own + others)
        : SliceVersions.bytes(own + others) + others * Float.BYTES;
  }

  private static long floats(List<Range> ranges) {
    return ranges.stream().mapToLong(Range::length).sum();
  }

  /** Returns what a step needs of the heap, without data and exchange. */
  long step() {
    return weights + gradients + optimizer + activations + kernels;
  }

  /** Returns what training needs of the heap, but while it validates. */
  long heap() {
    return step() + evaluation + readAhead + exchange + replicas + checkpoint;
  }
}
