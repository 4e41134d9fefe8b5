package dev.convoy.nn;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.tensor.PairwiseTree;
import java.util.Arrays;
import java.util.List;

/**
 * A batch on its way through a replica, as one of the workers sees it. All workers of a team make
 * the same calls with passes that differ in nothing but the worker.
 *
 * <p>The batch is made of virtual nodes of equally many images, one after another.
 *
 * @param worker who does its share of the work
 * @param images how many images are in use, at most the replica's capacity
 * @param virtualNodes how many virtual nodes they belong to; divides {@code images}
 * @param weights the network's flat vector
 * @param trees the virtual nodes whose gradients are added up; together all of the batch
 * @param gradients for each tree the array that backward overwrites, in which the gradients lie as
 *     the replica's {@link GradientLayout} says; empty in evaluation
 * @param keys for each image the key of its dropout's random numbers; a function of the seed, the
 *     epoch and the sample
 */
public record Pass(
    Worker worker,
    int images,
    int virtualNodes,
    float[] weights,
    List<VirtualNodeTree> trees,
    List<float[]> gradients,
    long[] keys) {

  /** Makes a pass that goes forward only. */
  public static Pass evaluation(Worker worker, int images, float[] weights) {
    return new Pass(worker, images, 1, weights, List.of(), List.of(), new long[0]);
  }

  /** Makes a training pass of one virtual node by one worker. */
  public static Pass single(int images, float[] weights, float[] gradients) {
    return new Pass(
        Worker.single(),
        images,
        1,
        weights,
        List.of(VirtualNodeTree.single(images)),
        List.of(gradients),
        new long[images]);
  }

  /** What some images contribute to the gradient of one element of a parameter. */
  @FunctionalInterface
  public interface ElementGradient {
    /** Returns the sum over the images from {@code firstImage} to {@code endImage}, exclusive. */
    float of(int element, int firstImage, int endImage);
  }

  /**
   * Writes the gradient of a parameter to each of {@link #gradients}: the sum over the virtual
   * nodes of each tree, added in the order that makes results independent of the number of workers
   * and executors. Each worker does its share of the elements.
   *
   * @param parameter one of the layer's own, {@link Binding#parameter}
   * @param gradient of elements counted in torch's order, on images of one virtual node
   */
  public void parameterGradient(Parameter parameter, ElementGradient gradient) {
    clearPadding(parameter);
    int end = worker.to(parameter.count());
    for (int i = 0; i < trees.size(); i++) {
      VirtualNodeTree tree = trees.get(i);
      for (int e = worker.from(parameter.count()); e < end; e++) {
        int element = e;
        gradients.get(i)[parameter.gradientPlace(element)] =
            PairwiseTree.sum(
                tree.nodes(),
                node ->
                    gradient.of(element, tree.imageOf(node), tree.imageOf(node) + tree.images()));
      }
    }
  }

  /** Writes zeros to the padding, where another layer's gradient may have left something. */
  private void clearPadding(Parameter parameter) {
    if (parameter.length() > parameter.count()) {
      if (worker.first()) {
        int from = parameter.gradientAt(0);
        for (int i = 0; i < gradients.size(); i++) {
          Arrays.fill(gradients.get(i), from, from + parameter.length(), 0f);
        }
      }
      worker.barrier();
    }
  }

  /** Returns whether a backward pass will follow. */
  public boolean training() {
    return !gradients.isEmpty();
  }

  /** Returns the images of each virtual node. */
  public int imagesPerVirtualNode() {
    return images / virtualNodes;
  }
}
