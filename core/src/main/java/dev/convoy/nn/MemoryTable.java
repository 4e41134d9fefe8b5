package dev.convoy.nn;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Workspace;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory in bytes that a training step needs on a single executor, with its values and
 * gradients laid out by a {@link MemoryPlan}. All virtual nodes are computed at once, and the
 * optimizer updates a layer as soon as its gradient is complete.
 *
 * @param network its name
 * @param images of all virtual nodes together
 * @param rows in the order of the forward pass
 * @param input the images
 * @param weights the flat vector
 * @param gradientSum the sum over virtual nodes, as long as {@link GradientLayout#shortest} says
 * @param momentum the optimizer's flat vector
 * @param values without sharing: images, and the outputs of layers
 * @param valueGradients without sharing: the gradients of the outputs
 * @param shared what {@code values} and {@code valueGradients} take together
 * @param kernels memory that kernels keep
 * @param scratch memory that all kernels work in
 */
public record MemoryTable(
    String network,
    int images,
    List<Row> rows,
    long input,
    long weights,
    long gradientSum,
    long momentum,
    long values,
    long valueGradients,
    long shared,
    long kernels,
    long scratch) {

  /**
   * A layer, with those that replace its output in place.
   *
   * @param name as the paper or torchvision calls it
   * @param kept of its output, if a backward pass reads it
   * @param passing of its output, if no backward pass reads it
   * @param gradient of its output's gradient; zero if it lies in another layer's
   * @param kernels that its kernels keep
   */
  public record Row(String name, long kept, long passing, long gradient, long kernels) {
    private Row plus(Row inPlace) {
      return new Row(
          name,
          kept + inPlace.kept,
          passing + inPlace.passing,
          gradient + inPlace.gradient,
          kernels + inPlace.kernels);
    }
  }

  /** Returns the memory of a step. */
  public long total() {
    return weights + gradientSum + momentum + shared + kernels + scratch;
  }

  /** Returns the same without sharing. */
  public long totalWithoutSharing() {
    return total() - shared + values + valueGradients;
  }

  /**
   * Plans a step, and makes its kernels to learn how much memory they need.
   *
   * @param workers threads that share the work
   * @throws IllegalArgumentException if a buffer would be too large
   */
  public static MemoryTable of(Network network, Kernels kernels, int images, int workers) {
    Workspace workspace = new Workspace(images, workers, false);
    MemoryPlan plan = new MemoryPlan(network, images, Purpose.TRAINING, true);
    GradientLayout gradients = GradientLayout.shortest(network);
    Replica replica = new Replica(network, kernels, workspace, plan, gradients, false);
    long vector = (long) network.vectorLength() * Float.BYTES;
    return new MemoryTable(
        network.name(),
        images,
        rows(network, plan, replica),
        bytes(plan, 0, false),
        vector,
        (long) gradients.length() * Float.BYTES,
        vector,
        plan.buffers().stream().filter(b -> !b.gradient()).mapToLong(Buffer::bytes).sum(),
        plan.buffers().stream().filter(Buffer::gradient).mapToLong(Buffer::bytes).sum(),
        plan.bytes(),
        workspace.keptBytes(),
        workspace.scratchBytes());
  }

  /** Returns what an evaluation's values take, in bytes: a function of network and images alone. */
  public static long evaluationValues(Network network, int images) {
    return new MemoryPlan(network, images, Purpose.EVALUATION, true).bytes();
  }

  /** Returns what an evaluation takes beside the weights, in bytes. */
  public static long evaluation(Network network, Kernels kernels, int images, int workers) {
    Workspace workspace = new Workspace(images, workers, false);
    MemoryPlan plan = new MemoryPlan(network, images, Purpose.EVALUATION, true);
    GradientLayout none = GradientLayout.whole(network.vectorLength());
    new Replica(network, kernels, workspace, plan, none, false);
    return plan.bytes() + workspace.keptBytes() + workspace.scratchBytes();
  }

  private static List<Row> rows(Network network, MemoryPlan plan, Replica replica) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < network.nodes().size(); i++) {
      GraphNode node = network.nodes().get(i);
      long value = bytes(plan, i + 1, false);
      boolean kept = plan.isKept(i + 1);
      Row row =
          new Row(
              node.name(),
              kept ? value : 0,
              kept ? 0 : value,
              bytes(plan, i + 1, true),
              replica.keptBytes(i));
      if (node.layer().inPlace()) {
        int first = rows.size() - 1;
        rows.set(first, rows.get(first).plus(row));
      } else {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Returns the bytes of a value's or a gradient's own buffer; zero if it lies in another's. */
  private static long bytes(MemoryPlan plan, int value, boolean gradient) {
    return plan.buffers().stream()
        .filter(buffer -> buffer.value() == value && buffer.gradient() == gradient)
        .mapToLong(Buffer::bytes)
        .sum();
  }
}
