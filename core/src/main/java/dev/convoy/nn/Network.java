package dev.convoy.nn;

import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
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
  private final Shape input;
  private final List<GraphNode> nodes;
  private final List<Parameter> parameters;
  private final int vectorLength;
  private final List<Head> auxiliaries;
  private final boolean[] servesMainHead;

  /**
   * An auxiliary classifier, which only training has (Szegedy et al. 2014, section 5).
   *
   * @param value number of its logits
   * @param weight of its loss
   */
  public record Head(int value, float weight) {}

  private Network(Builder builder) {
    name = builder.name;
    input = builder.input;
    nodes = List.copyOf(builder.nodes);
    parameters = nodes.stream().flatMap(node -> node.parameters().stream()).toList();
    vectorLength = builder.length;
    auxiliaries = List.copyOf(builder.auxiliaries);
    servesMainHead = new boolean[nodes.size()];
    markServing(nodes.size());
    for (Head head : auxiliaries) {
      if (readers(head.value()) > 0) {
        throw new IllegalArgumentException(
            "%s: %s is an auxiliary head and cannot be read by another layer"
                .formatted(name, nodes.get(head.value() - 1).name()));
      }
    }
  }

  private void markServing(int value) {
    if (value > 0 && !servesMainHead[value - 1]) {
      servesMainHead[value - 1] = true;
      nodes.get(value - 1).inputs().forEach(this::markServing);
    }
  }

  /** Begins a network. */
  public static Builder of(String name, Shape input) {
    return new Builder(name, input);
  }

  /** Its name in the configuration. */
  public String name() {
    return name;
  }

  /** The shape of an image. */
  public Shape input() {
    return input;
  }

  /** The number of classes. */
  public int classes() {
    return nodes.get(nodes.size() - 1).output().size();
  }

  /** Its nodes in the order of the forward pass. */
  public List<GraphNode> nodes() {
    return nodes;
  }

  /** All parameters in the order of the flat vector. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Floats of the flat vector of weights, padding included; a multiple of 16. */
  public int vectorLength() {
    return vectorLength;
  }

  /** Parameters that are trained. */
  public long trainable() {
    return nodes.stream().mapToLong(GraphNode::trainable).sum();
  }

  /** Multiply-adds of convolutions and fully connected layers, one image, forward. */
  public long multiplyAdds() {
    return nodes.stream().mapToLong(GraphNode::multiplyAdds).sum();
  }

  /** Parameters that are trained, without those of auxiliary heads. */
  public long parametersOfInference() {
    return ofInference(GraphNode::trainable);
  }

  /** Multiply-adds as {@link #multiplyAdds}, without those of auxiliary heads. */
  public long multiplyAddsOfInference() {
    return ofInference(GraphNode::multiplyAdds);
  }

  private long ofInference(ToLongFunction<GraphNode> count) {
    return IntStream.range(0, nodes.size())
        .filter(this::servesMainHead)
        .mapToLong(i -> count.applyAsLong(nodes.get(i)))
        .sum();
  }

  /** Connections as the paper of 1998 counts them. */
  public long connections() {
    return nodes.stream().mapToLong(GraphNode::connections).sum();
  }

  /** The auxiliary heads, in the order in which they were added. */
  public List<Head> auxiliaries() {
    return auxiliaries;
  }

  /** Numbers of the values that have a loss: the auxiliary heads' logits and the network's. */
  List<Integer> heads() {
    List<Integer> heads = new ArrayList<>();
    auxiliaries.forEach(head -> heads.add(head.value()));
    heads.add(nodes.size());
    return heads;
  }

  /** Whether the network's logits depend on a node; others serve auxiliary heads only. */
  public boolean servesMainHead(int node) {
    return servesMainHead[node];
  }

  /** The shape of a value. */
  Shape shape(int value) {
    return value == 0 ? input : nodes.get(value - 1).output();
  }

  /** How often a value is read; a node that reads it twice counts twice. */
  long readers(int value) {
    return nodes.stream()
        .flatMap(node -> node.inputs().stream())
        .filter(input -> input == value)
        .count();
  }

  /** Whether a value is read after node {@code node}, or by an earlier input of that node. */
  boolean isReadLater(int value, int node, int input) {
    boolean twice = nodes.get(node).inputs().subList(0, input).contains(value);
    return twice
        || nodes.subList(node + 1, nodes.size()).stream().anyMatch(n -> n.inputs().contains(value));
  }

  /** The same network with dropout that drops nothing, to be compared with others. */
  public Network withoutDropout() {
    return with(node -> node.layer() instanceof Dropout ? new Dropout(0f) : node.layer());
  }

  /**
   * The same network, whose residual blocks begin as their shortcuts: the normalization to which a
   * shortcut is added begins with a scale of zero (Goyal et al. 2017, section 5.1).
   */
  public Network zeroInitResidual() {
    return with(
        node ->
            node.layer() instanceof BatchNormalization normalization && node.inputs().size() > 1
                ? normalization.gammaInit(0f)
                : node.layer());
  }

  private Network with(Function<GraphNode, Layer> layers) {
    Builder builder = new Builder(name, input);
    nodes.forEach(node -> builder.addReading(node.name(), layers.apply(node), node.inputs()));
    auxiliaries.forEach(head -> builder.auxiliary(head.value(), head.weight()));
    return builder.build();
  }

  /** Whether node {@code node} is the first to read a value, and reads it once. */
  boolean isReadFirst(int value, int node) {
    boolean once = nodes.get(node).inputs().stream().filter(v -> v == value).count() == 1;
    return once && nodes.subList(0, node).stream().noneMatch(n -> n.inputs().contains(value));
  }

  /**
   * Refuses microbatches that are too small for one of the layers.
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

  /** First weights, a pure function of the seed. */
  public float[] initialWeights(long seed) {
    float[] weights = new float[vectorLength];
    parameters.forEach(parameter -> parameter.initialize(seed, weights));
    return weights;
  }

  /** Collects nodes; each reads the one before it unless it is told otherwise. */
  public static final class Builder {
    private final String name;
    private final Shape input;
    private final List<GraphNode> nodes = new ArrayList<>();
    private final List<Head> auxiliaries = new ArrayList<>();
    private int length;

    private Builder(String name, Shape input) {
      this.name = name;
      this.input = input;
    }

    /** Appends a layer that reads the last value. */
    public Builder add(String nodeName, Layer layer) {
      addReading(nodeName, layer, List.of(nodes.size()));
      return this;
    }

    /**
     * Appends a layer.
     *
     * @param inputs numbers of the values it reads, as this method returned them; 0 is the image
     * @return the number of its output
     */
    public int addReading(String nodeName, Layer layer, List<Integer> inputs) {
      List<Shape> shapes = inputs.stream().map(this::shape).toList();
      Shape output;
      try {
        output = layer.output(shapes);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s, layer %s: %s".formatted(name, nodeName, e.getMessage()), e);
      }
      List<Parameter> own = new ArrayList<>();
      for (ParameterSpec spec : layer.parameters(shapes)) {
        own.add(new Parameter(nodeName + "." + spec.name(), spec, length));
        length = Math.addExact(length, spec.layout().length());
      }
      nodes.add(
          new GraphNode(
              nodeName, layer, inputs, shapes, output, Collections.unmodifiableList(own)));
      return nodes.size();
    }

    private Shape shape(int value) {
      return value == 0 ? input : nodes.get(value - 1).output();
    }

    /**
     * Makes a value the logits of an auxiliary classifier.
     *
     * @param value as {@link #addReading} returned it
     * @param weight of its loss
     */
    public Builder auxiliary(int value, float weight) {
      auxiliaries.add(new Head(value, weight));
      return this;
    }

    /** The finished network; the last node's output are its logits. */
    public Network build() {
      return new Network(this);
    }
  }
}
