package dev.convoy.nn;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A network with the buffers of one batch, for a crew of workers. Buffers are allocated here and
 * never again.
 *
 * <p>A value that several nodes read has one gradient: in the backward pass its last reader
 * overwrites it, and those before add to it.
 */
public final class Replica {
  private final Network network;
  private final Workspace workspace;
  private final Tensor[] values;
  private final Tensor[] gradients;
  private final List<BoundLayer> layers = new ArrayList<>();

  /**
   * For training.
   *
   * @param images capacity, of all virtual nodes together
   * @param workers of the crew
   */
  public static Replica training(Network network, Kernels kernels, int images, int workers) {
    return new Replica(network, kernels, new Workspace(images, workers, false), true, false);
  }

  /** For training, with the gradient of the images too, which only checks want. */
  public static Replica trainingWithInputGradient(
      Network network, Kernels kernels, int images, int workers) {
    return new Replica(network, kernels, new Workspace(images, workers, false), true, true);
  }

  /** Forward only, without buffers for gradients. */
  public static Replica evaluating(Network network, Kernels kernels, int images, int workers) {
    return new Replica(network, kernels, new Workspace(images, workers, false), false, false);
  }

  private Replica(
      Network network,
      Kernels kernels,
      Workspace workspace,
      boolean training,
      boolean inputGradient) {
    this.network = network;
    this.workspace = workspace;
    int images = workspace.images();
    List<Node> nodes = network.nodes();
    values = new Tensor[nodes.size() + 1];
    gradients = new Tensor[nodes.size() + 1];
    values[0] = Tensor.images(images, network.input());
    if (inputGradient) {
      gradients[0] = Tensor.activations(images, network.input());
    }
    for (int i = 0; i < nodes.size(); i++) {
      allocate(i, training);
    }
    for (int i = 0; i < nodes.size(); i++) {
      layers.add(nodes.get(i).layer().bind(binding(kernels, i)));
    }
  }

  private void allocate(int i, boolean training) {
    Node node = network.nodes().get(i);
    if (node.layer().inPlace()) {
      int only = node.inputs().get(0);
      if (only == 0 || network.readers(only) > 1) {
        throw new IllegalArgumentException(
            "%s works in place and cannot share its input".formatted(node.name()));
      }
      Node before = network.nodes().get(only - 1);
      if (before.layer().inPlace()) {
        // It would overwrite the results that the other's backward pass reads.
        throw new IllegalArgumentException(
            "%s works in place and cannot follow %s, which does too"
                .formatted(node.name(), before.name()));
      }
      values[i + 1] = values[only];
      gradients[i + 1] = gradients[only];
    } else {
      values[i + 1] = Tensor.activations(workspace.images(), node.output());
      gradients[i + 1] = training ? Tensor.activations(workspace.images(), node.output()) : null;
    }
  }

  private Binding binding(Kernels kernels, int i) {
    Node node = network.nodes().get(i);
    List<Tensor> inputs = new ArrayList<>();
    List<Tensor> inputGradients = new ArrayList<>();
    List<Boolean> adding = new ArrayList<>();
    for (int input = 0; input < node.inputs().size(); input++) {
      int value = node.inputs().get(input);
      inputs.add(values[value]);
      inputGradients.add(gradients[value]);
      adding.add(network.isReadLater(value, i, input));
    }
    int first = node.inputs().get(0);
    boolean single = first > 0 && network.readers(first) == 1;
    List<Integer> others = node.inputs().subList(1, node.inputs().size());
    return new Binding(
        node.name(),
        kernels,
        workspace,
        single ? layers.get(first - 1) : null,
        others.stream().allMatch(other -> other < first),
        first > 0 && network.isReadFirst(first, i) ? layers.get(first - 1) : null,
        inputs,
        inputGradients,
        adding,
        values[i + 1],
        gradients[i + 1],
        node.parameters());
  }

  /** The network it runs. */
  public Network network() {
    return network;
  }

  /** Images, to be filled before {@link #forward}; NHWC, channels not padded. */
  public Tensor input() {
    return values[0];
  }

  /** Scores of the classes, after {@link #forward}. */
  public Tensor logits() {
    return values[values.length - 1];
  }

  /** To be filled before {@link #backward}. */
  public Tensor logitsGradient() {
    return gradients[gradients.length - 1];
  }

  /** The images' gradient, after {@link #backward}, if it was asked for. */
  public Tensor inputGradient() {
    return gradients[0];
  }

  /** From the images to the logits; all workers have met when it returns. */
  public void forward(Pass pass) {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).forward(pass);
      pass.worker().meet();
    }
  }

  /**
   * From the logits' gradient to every parameter's, which overwrite {@code pass.gradients()}; all
   * workers have met when it returns.
   */
  public void backward(Pass pass) {
    for (int i = layers.size() - 1; i >= 0; i--) {
      layers.get(i).backward(pass);
      pass.worker().meet();
    }
  }
}
