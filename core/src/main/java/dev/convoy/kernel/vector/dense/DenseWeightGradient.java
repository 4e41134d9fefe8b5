package dev.convoy.kernel.vector.dense;

import static dev.convoy.kernel.vector.dense.Interleaving.SLOTS;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.PairwiseTree;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The gradients of a fully connected layer's matrix and bias, summed over the virtual nodes: each
 * is written once. Up to eight nodes are added in registers; more by groups of eight, whose sums
 * are added in buffers for a part of a row.
 *
 * <p>Scratch memory: for all workers the gradient of the output as (group of nodes, two vectors,
 * image of a node, node, two vectors); for each worker 32 input features of all images as (block of
 * rows, group of nodes, image of a node, row, node), a row of ones, and a buffer for each level of
 * the tree over the groups.
 */
final class DenseWeightGradient {
  /**
   * The number of rows of the matrix for which a part of the output's gradient stays in the L1
   * cache.
   */
  private static final int ROWS = 32;

  /** The number of floats of that part. */
  private static final int PART = 8192;

  /** The number of nodes that are added in registers. */
  private static final int GROUP = SLOTS;

  /** The length of a part of a row; with more than one group there are at least 16 images. */
  private static final int LEVEL = PART / (2 * GROUP);

  private static final int PAIR = 2 * Lanes.COUNT;

  private final int outFeatures;
  private final int pairs;
  private final Workspace workspace;
  private final Interleaving[] interleavings;

  /** Makes the pass for a padded number of outputs. */
  DenseWeightGradient(int outFeatures, Workspace workspace) {
    this.outFeatures = outFeatures;
    this.workspace = workspace;
    interleavings = new Interleaving[workspace.workers()];
    Arrays.setAll(interleavings, i -> new Interleaving());
    pairs = (outFeatures + PAIR - 1) / PAIR;
    workspace.reserve(own(workspace.images(), workspace.workers()));
  }

  /** Returns where the memory of a worker begins. */
  private int own(int images, int worker) {
    int levels = PairwiseTree.buffers(images / GROUP);
    int each = images * (ROWS + SLOTS) + levels * LEVEL;
    return Math.multiplyExact(images, pairs * PAIR) + worker * each;
  }

  void run(
      Worker worker,
      VirtualNodeTree tree,
      Tensor input,
      Tensor outputGradient,
      int firstRow,
      int endRow,
      float[] gradients,
      int matrix,
      int bias) {
    int images = tree.nodes() * tree.images();
    int own = own(images, worker.index());
    int ones = own + images * ROWS;
    for (int pair = worker.from(pairs); pair < worker.to(pairs); pair++) {
      packGradient(tree, outputGradient, pair);
    }
    Arrays.fill(workspace.scratch(), ones, ones + images * SLOTS, 1f);
    worker.barrier();
    // The bias is a row whose input is one: fma(1, g, sum) is sum + g.
    int levels = ones + images * SLOTS;
    if (bias >= 0) {
      bias(worker, tree, ones, levels, gradients, bias);
    }
    int blocks = (endRow - firstRow) / SLOTS;
    int end = firstRow + worker.to(blocks) * SLOTS;
    for (int row = firstRow + worker.from(blocks) * SLOTS; row < end; row += ROWS) {
      int rows = Math.min(ROWS, end - row);
      packInput(interleavings[worker.index()], tree, input, row, rows, own);
      rows(tree, own, rows, levels, gradients, matrix + (row - firstRow) * outFeatures);
    }
  }

  private void bias(
      Worker worker, VirtualNodeTree tree, int ones, int levels, float[] gradients, int bias) {
    int end = worker.to(pairs);
    for (int pair = worker.from(pairs); pair < end; pair += pairsAtOnce(tree)) {
      int endPair = Math.min(pair + pairsAtOnce(tree), end);
      block(tree, ones, pair, endPair, levels, gradients, bias, 0);
    }
  }

  /** Computes some rows of the matrix's gradient. */
  private void rows(VirtualNodeTree tree, int input, int rows, int levels, float[] result, int to) {
    int block = SLOTS / group(tree);
    for (int pair = 0; pair < pairs; pair += pairsAtOnce(tree)) {
      int endPair = Math.min(pair + pairsAtOnce(tree), pairs);
      for (int r = 0; r < rows; r += block) {
        int inputAt = input + r * tree.nodes() * tree.images();
        block(tree, inputAt, pair, endPair, levels, result, to + r * outFeatures, outFeatures);
      }
    }
  }

  /** Computes a block of rows, {@code stride} apart, of some pairs of vectors. */
  private void block(
      VirtualNodeTree tree,
      int input,
      int pair,
      int endPair,
      int levels,
      float[] result,
      int to,
      int stride) {
    if (tree.nodes() > GROUP) {
      addGroups(tree, input, pair, endPair, levels, result, to);
    } else {
      multiply(tree, input, 0, pair, endPair, result, to, stride);
    }
  }

  /** Returns the number of pairs of vectors whose packed gradient stays in the cache. */
  private static int pairsAtOnce(VirtualNodeTree tree) {
    return Math.max(1, PART / (tree.nodes() * tree.images() * PAIR));
  }

  private static int group(VirtualNodeTree tree) {
    return Math.min(tree.nodes(), GROUP);
  }

  /** Packs two vectors of all images; without a second one the first is packed twice. */
  private void packGradient(VirtualNodeTree tree, Tensor gradient, int pair) {
    int o = pair * PAIR;
    int nodes = group(tree);
    for (int node = 0; node < tree.nodes(); node++) {
      int to = gradientAt(tree, node / nodes, pair) + node % nodes * PAIR;
      for (int k = 0; k < tree.images(); k++) {
        int from = gradient.image(tree.imageOf(node) + k) + o;
        copy(gradient.data(), from, to + k * nodes * PAIR);
        copy(gradient.data(), from + second(o), to + k * nodes * PAIR + Lanes.COUNT);
      }
    }
  }

  private int gradientAt(VirtualNodeTree tree, int group, int pair) {
    return (group * pairs + pair) * tree.images() * group(tree) * PAIR;
  }

  private int second(int output) {
    return output + Lanes.COUNT < outFeatures ? Lanes.COUNT : 0;
  }

  private void copy(float[] from, int at, int to) {
    FloatVector.fromArray(Lanes.SPECIES, from, at).intoArray(workspace.scratch(), to);
  }

  private void packInput(
      Interleaving interleaving, VirtualNodeTree tree, Tensor input, int row, int rows, int to) {
    int nodes = group(tree);
    interleaving.of(nodes, nodes - 1, tree.images() * input.imageLength());
    int groups = tree.nodes() / nodes;
    int block = tree.images() * SLOTS;
    for (int group = 0; group < groups; group++) {
      for (int k = 0; k < tree.images(); k++) {
        interleaving.copy(
            rows * nodes / SLOTS,
            input.data(),
            input.image(tree.imageOf(group * nodes) + k) + row,
            workspace.scratch(),
            to + group * block + k * SLOTS,
            groups * block);
      }
    }
  }

  /** Computes one row: adds the groups' sums in the tree. */
  private void addGroups(
      VirtualNodeTree tree, int input, int pair, int endPair, int levels, float[] result, int to) {
    float[] scratch = workspace.scratch();
    int o = pair * PAIR;
    int length = Math.min(endPair * PAIR, outFeatures) - o;
    int top = levels;
    for (int group = 0; group < tree.nodes() / GROUP; group++) {
      int inputAt = input + group * tree.images() * SLOTS;
      multiply(tree, inputAt, group, pair, endPair, scratch, top - o, 0);
      for (int i = PairwiseTree.merges(group); i > 0; i--) {
        top -= LEVEL;
        add(scratch, top, length);
      }
      top += LEVEL;
    }
    System.arraycopy(scratch, levels, result, to + o, length);
  }

  private static void add(float[] sums, int left, int length) {
    for (int i = left; i < left + length; i += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, sums, i)
          .add(FloatVector.fromArray(Lanes.SPECIES, sums, i + LEVEL))
          .intoArray(sums, i);
    }
  }

  /**
   * Computes a block of rows of one group's sum; {@code to} is where output 0 of the first row
   * would be.
   */
  private void multiply(
      VirtualNodeTree tree,
      int input,
      int group,
      int pair,
      int endPair,
      float[] result,
      int to,
      int stride) {
    float[] scratch = workspace.scratch();
    for (int p = pair; p < endPair; p++) {
      int o = p * PAIR;
      DenseWeightMicroKernel.multiply(
          tree, scratch, input, gradientAt(tree, group, p), result, to + o, stride, second(o));
    }
  }
}
