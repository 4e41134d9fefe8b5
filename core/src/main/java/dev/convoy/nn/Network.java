package dev.convoy.nn;

import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * A network as a description: nodes in an order in which each comes after what it reads, shapes,
 * and the parameters' places in one flat vector. Immutable; a {@link Replica} runs it.
 */
public final class Network {
  private final String name;
  private final Value images;
  private final List<GraphNode> nodes;
  private final List<Parameter> parameters;
  private final int vectorLength;
  private final List<Head> auxiliaries;
  private final boolean[] servesMainHead;

  /**
   * An auxiliary classifier, which only training has (Szegedy et al. 2014, section 5).
   *
   * @param logits its scores of the classes
   * @param weight factor of its loss
   */
  public record Head(Value logits, float weight) {}

  Network(
      String name, Value images, List<GraphNode> nodes, List<Head> auxiliaries, int vectorLength) {
    this.name = name;
    this.images = images;
    this.nodes = List.copyOf(nodes);
    this.auxiliaries = List.copyOf(auxiliaries);
    this.vectorLength = vectorLength;
    parameters = nodes.stream().flatMap(node -> node.parameters().stream()).toList();
    servesMainHead = new boolean[nodes.size()];
    markServing(nodes.size());
    for (Head head : auxiliaries) {
      if (readers(head.logits().index()) > 0) {
        throw new IllegalArgumentException(
            "%s: %s is an auxiliary head and cannot be read by another layer"
                .formatted(name, head.logits().name()));
      }
    }
  }

  private void markServing(int value) {
    if (value > 0 && !servesMainHead[value - 1]) {
      servesMainHead[value - 1] = true;
      nodes.get(value - 1).inputIndices().forEach(this::markServing);
    }
  }

  /**
   * Begins a network.
   *
   * @param name for messages and tables
   * @param input shape of an image
   */
  public static NetworkBuilder of(String name, Shape input) {
    return new NetworkBuilder(name, input);
  }

  /** Returns its name in the configuration. */
  public String name() {
    return name;
  }

  /** Returns the shape of an image. */
  public Shape input() {
    return images.shape();
  }

  /** Returns the number of classes. */
  public int classes() {
    return nodes.get(nodes.size() - 1).output().size();
  }

  /** Returns its nodes in the order of the forward pass. */
  public List<GraphNode> nodes() {
    return nodes;
  }

  /** Returns all parameters in the order of the flat vector. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * Returns the length of the flat vector of weights in floats, padding included; a multiple of 16.
   */
  public int vectorLength() {
    return vectorLength;
  }

  /**
   * Returns where the parts in which backward goes through the flat vector begin in it, ascending:
   * one for each layer with parameters, or several for a very long one.
   */
  public List<Integer> backwardParts() {
    return nodes.stream().flatMap(node -> node.backwardParts().stream()).toList();
  }

  /** Returns the number of parameters that are trained. */
  public long trainable() {
    return nodes.stream().mapToLong(GraphNode::trainable).sum();
  }

  /** Returns the multiply-adds of convolutions and fully connected layers, one image, forward. */
  public long multiplyAdds() {
    return nodes.stream().mapToLong(GraphNode::multiplyAdds).sum();
  }

  /** Returns the number of parameters that are trained, without those of auxiliary heads. */
  public long parametersOfInference() {
    return ofInference(GraphNode::trainable);
  }

  /** Returns the multiply-adds as {@link #multiplyAdds}, without those of auxiliary heads. */
  public long multiplyAddsOfInference() {
    return ofInference(GraphNode::multiplyAdds);
  }

  private long ofInference(ToLongFunction<GraphNode> count) {
    return IntStream.range(0, nodes.size())
        .filter(this::servesMainHead)
        .mapToLong(i -> count.applyAsLong(nodes.get(i)))
        .sum();
  }

  /** Returns the connections as the paper of 1998 counts them. */
  public long connections() {
    return nodes.stream().mapToLong(GraphNode::connections).sum();
  }

  /** Returns the auxiliary heads, in the order in which they were added. */
  public List<Head> auxiliaries() {
    return auxiliaries;
  }

  /**
   * Returns the numbers of the values that have a loss: the auxiliary heads' logits and the
   * network's.
   */
  List<Integer> heads() {
    List<Integer> heads = new ArrayList<>();
    auxiliaries.forEach(head -> heads.add(head.logits().index()));
    heads.add(nodes.size());
    return heads;
  }

  /** Returns whether the network's logits depend on a node; others serve auxiliary heads only. */
  public boolean servesMainHead(int node) {
    return servesMainHead[node];
  }

  /** Returns the value with that number: 0 for the images, i + 1 for the output of node i. */
  Value value(int index) {
    return index == 0 ? images : nodes.get(index - 1).value();
  }

  /** Returns the shape of a value. */
  Shape shape(int value) {
    return value(value).shape();
  }

  /** Returns how often a value is read; a node that reads it twice counts twice. */
  long readers(int value) {
    return nodes.stream()
        .flatMap(node -> node.inputIndices().stream())
        .filter(input -> input == value)
        .count();
  }

  /**
   * Returns whether a value is read after node {@code node}, or by an earlier input of that node.
   */
  boolean isReadLater(int value, int node, int input) {
    boolean twice = nodes.get(node).inputIndices().subList(0, input).contains(value);
    return twice
        || nodes.subList(node + 1, nodes.size()).stream()
            .anyMatch(n -> n.inputIndices().contains(value));
  }

  /**
   * Returns the same network with dropout that drops nothing, for comparisons with other programs.
   */
  public Network withoutDropout() {
    return with(node -> node.layer() instanceof Dropout ? new Dropout(0f) : node.layer());
  }

  /**
   * Returns the same network with residual blocks that begin as identities: the last normalization
   * of each block, to which the shortcut is added, begins with a scale of zero (Goyal et al. 2017,
   * section 5.1).
   */
  public Network zeroInitResidual() {
    return with(
        node ->
            node.layer() instanceof BatchNormalization normalization && node.inputs().size() > 1
                ? normalization.gammaInit(0f)
                : node.layer());
  }

  private Network with(Function<GraphNode, Layer> layers) {
    NetworkBuilder builder = of(name, input());
    for (GraphNode node : nodes) {
      List<Value> inputs = node.inputIndices().stream().map(builder::value).toList();
      builder.add(node.name(), layers.apply(node), inputs);
    }
    auxiliaries.forEach(
        head -> builder.auxiliary(builder.value(head.logits().index()), head.weight()));
    return builder.build();
  }

  /** Returns whether node {@code node} is the first to read a value, and reads it once. */
  boolean isReadFirst(int value, int node) {
    boolean once = nodes.get(node).inputIndices().stream().filter(v -> v == value).count() == 1;
    return once && nodes.subList(0, node).stream().noneMatch(n -> n.inputIndices().contains(value));
  }

  /**
   * Rejects microbatches that are too small for one of the layers.
   *
   * @param images of a virtual node
   * @throws IllegalArgumentException naming the layer and what it needs
   */
  public void requireTrainableOn(int images) {
    for (GraphNode node : nodes) {
      int fewest = node.layer().fewestImages(node.inputShapes());
      if (images < fewest) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s of %s (%s of %d x %d pixels) needs at least %d images in each virtual node"
                    + ", but gets %d",
                node.name(),
                name,
                node.layer().kind(),
                node.output().height(),
                node.output().width(),
                fewest,
                images));
      }
    }
  }

  /** Returns the weights before the first step, a pure function of the seed. */
  public float[] initialWeights(long seed) {
    float[] weights = new float[vectorLength];
    parameters.forEach(parameter -> parameter.initialize(seed, weights));
    return weights;
  }
}
