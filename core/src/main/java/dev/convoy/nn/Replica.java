package dev.convoy.nn;

import dev.convoy.kernel.Kernels;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network with the buffers of one microbatch, for one worker thread. Buffers are allocated here
 * and never again.
 *
 * <p>A value that several nodes read has one gradient buffer for each reader, and they are added in
 * the order of the readers before the node that made the value goes backward.
 */
public final class Replica {
  private final Network network;
  private final Tensor[] values;
  private final Tensor[] gradients;
  private final List<List<Tensor>> readers = new ArrayList<>();
  private final List<BoundLayer> layers = new ArrayList<>();

  /**
   * For training.
   *
   * @param images capacity of a microbatch
   */
  public static Replica training(Network network, Kernels kernels, int images) {
    return new Replica(network, kernels, images, true, false);
  }

  /** For training, with the gradient of the images too, which only checks want. */
  public static Replica trainingWithInputGradient(Network network, Kernels kernels, int images) {
    return new Replica(network, kernels, images, true, true);
  }

  /** Forward only, without buffers for gradients. */
  public static Replica evaluating(Network network, Kernels kernels, int images) {
    return new Replica(network, kernels, images, false, false);
  }

  private Replica(
      Network network, Kernels kernels, int images, boolean training, boolean inputGradient) {
    this.network = network;
    List<Node> nodes = network.nodes();
    values = new Tensor[nodes.size() + 1];
    gradients = new Tensor[nodes.size() + 1];
    values[0] = Tensor.images(images, network.input());
    if (inputGradient) {
      gradients[0] = Tensor.activations(images, network.input());
    }
    for (int i = 0; i < nodes.size(); i++) {
      allocate(i, images, training);
    }
    for (int i = 0; i <= nodes.size(); i++) {
      readers.add(new ArrayList<>());
    }
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      layers.add(
          node.layer()
              .bind(
                  new Binding(
                      kernels,
                      images,
                      node.inputs().stream().map(value -> values[value]).toList(),
                      gradientsFor(node),
                      values[i + 1],
                      gradients[i + 1],
                      node.parameters())));
    }
  }

  private void allocate(int i, int images, boolean training) {
    Node node = network.nodes().get(i);
    if (node.layer().inPlace()) {
      int only = node.inputs().get(0);
      if (only == 0 || readersOf(only) > 1) {
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
      values[i + 1] = Tensor.activations(images, node.output());
      gradients[i + 1] = training ? Tensor.activations(images, node.output()) : null;
    }
  }

  /** A node that reads it twice counts twice. */
  private long readersOf(int value) {
    return network.nodes().stream()
        .flatMap(node -> node.inputs().stream())
        .filter(input -> input == value)
        .count();
  }

  /** A buffer for each input's gradient: the value's own for its only reader, else a new one. */
  private List<Tensor> gradientsFor(Node node) {
    List<Tensor> buffers = new ArrayList<>();
    for (int value : node.inputs()) {
      Tensor own = gradients[value];
      if (own != null && readersOf(value) > 1) {
        Tensor share = Tensor.activations(own.images(), own.shape());
        readers.get(value).add(share);
        buffers.add(share);
      } else {
        buffers.add(own);
      }
    }
    return buffers;
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

  /** Derives what backward reads from the weights; once after every change of them. */
  public void prepare(float[] weights) {
    for (BoundLayer layer : layers) {
      layer.prepare(weights);
    }
  }

  /** From the images to the logits. */
  public void forward(Pass pass) {
    for (BoundLayer layer : layers) {
      layer.forward(pass);
    }
  }

  /** From the logits' gradient to every parameter's, which overwrite {@code pass.gradients()}. */
  public void backward(Pass pass) {
    for (int i = layers.size() - 1; i >= 0; i--) {
      addReaders(i + 1, pass.images());
      layers.get(i).backward(pass);
    }
    addReaders(0, pass.images());
  }

  private void addReaders(int value, int images) {
    List<Tensor> shares = readers.get(value);
    if (shares.isEmpty()) {
      return;
    }
    float[] sum = gradients[value].data();
    int length = gradients[value].length(images);
    Arrays.fill(sum, 0, length, 0f);
    for (Tensor share : shares) {
      float[] addend = share.data();
      for (int i = 0; i < length; i++) {
        sum[i] += addend[i];
      }
    }
  }
}
