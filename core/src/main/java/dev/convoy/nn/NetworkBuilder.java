package dev.convoy.nn;

import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Builds a network layer by layer. A chain of layers needs no values:
 *
 * <pre>{@code
 * Network.of("perceptron", Shape.vector(784))
 *     .add("hidden", new FullyConnected(128, Initialization.he()))
 *     .add("relu", ActivationLayer.RELU)
 *     .add("logits", new FullyConnected(10, Initialization.torch()))
 *     .build();
 * }</pre>
 *
 * <p>A graph names what each layer reads:
 *
 * <pre>{@code
 * NetworkBuilder graph = Network.of("residual", new Shape(32, 32, 3));
 * Value x = graph.add("conv1", Convolution.of(16, 3, Initialization.he()).padding(1), graph.input());
 * Value branch = graph.add("conv2", Convolution.of(16, 3, Initialization.he()).padding(1), x);
 * x = graph.add("sum", new Addition(true), branch, x);
 * x = graph.add("logits", new FullyConnected(10, Initialization.torch()), x);
 * Network network = graph.build(x);
 * }</pre>
 */
public final class NetworkBuilder {
  private final String name;
  private final List<Value> values = new ArrayList<>();
  private final List<GraphNode> nodes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final List<Network.Head> auxiliaries = new ArrayList<>();
  private int vectorLength;

  NetworkBuilder(String name, Shape input) {
    this.name = name;
    values.add(new Value("images", input, 0));
  }

  /** Returns the images. */
  public Value input() {
    return values.get(0);
  }

  /** Returns the output of the layer that was added last; the images if there is none. */
  public Value last() {
    return values.get(values.size() - 1);
  }

  /**
   * Appends a layer that reads the output of the one before it, or the images if it is the first.
   *
   * @throws IllegalArgumentException as {@link #add(String, Layer, Value, Value...)} does
   */
  public NetworkBuilder add(String layerName, Layer layer) {
    add(layerName, layer, last());
    return this;
  }

  /**
   * Appends a layer.
   *
   * @param first the value that it reads, or the first of them
   * @param others the other values that it reads
   * @return its output
   * @throws IllegalArgumentException if the layer cannot take these inputs, if another layer has
   *     its name, or if a value belongs to another network
   */
  public Value add(String layerName, Layer layer, Value first, Value... others) {
    List<Value> inputs = new ArrayList<>(List.of(first));
    inputs.addAll(List.of(others));
    return add(layerName, layer, inputs);
  }

  /**
   * Appends a layer.
   *
   * @param inputs the values that it reads, at least one
   * @return its output
   * @throws IllegalArgumentException as {@link #add(String, Layer, Value, Value...)} does
   */
  public Value add(String layerName, Layer layer, List<Value> inputs) {
    if (inputs.isEmpty()) {
      throw invalid(layerName, "a layer reads at least one value");
    }
    inputs.forEach(input -> requireOwn(layerName, input));
    if (!names.add(layerName)) {
      throw invalid(layerName, "another layer has this name");
    }
    List<Shape> shapes = inputs.stream().map(Value::shape).toList();
    Value output;
    List<Parameter> parameters = new ArrayList<>();
    Set<String> parameterNames = new HashSet<>();
    try {
      Shape shape = layer.output(shapes);
      if (shape == null) {
        throw new IllegalArgumentException("its output has no shape");
      }
      output = new Value(layerName, shape, values.size());
      for (ParameterSpec spec : layer.parameters(shapes)) {
        if (!parameterNames.add(spec.name())) {
          throw new IllegalArgumentException(
              "it asks for two parameters of the name " + spec.name());
        }
        parameters.add(new Parameter(layerName + "." + spec.name(), spec, vectorLength));
        vectorLength = Math.addExact(vectorLength, spec.layout().length());
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(invalid(layerName, e.getMessage()).getMessage(), e);
    }
    values.add(output);
    nodes.add(
        new GraphNode(
            layerName,
            layer,
            List.copyOf(inputs),
            output,
            Collections.unmodifiableList(parameters)));
    return output;
  }

  private void requireOwn(String layerName, Value input) {
    if (!isOwn(input)) {
      throw invalid(layerName, "it reads " + input.name() + ", a value of another network");
    }
  }

  private boolean isOwn(Value value) {
    return value.index() < values.size() && values.get(value.index()) == value;
  }

  private IllegalArgumentException invalid(String layerName, String reason) {
    return new IllegalArgumentException("%s, layer %s: %s".formatted(name, layerName, reason));
  }

  /** Returns the value with that number. */
  Value value(int index) {
    return values.get(index);
  }

  /**
   * Makes a value the logits of an auxiliary classifier, which only training has.
   *
   * @param logits which no other layer may read
   * @param weight factor of its loss
   */
  public NetworkBuilder auxiliary(Value logits, float weight) {
    requireOwn("auxiliary head", logits);
    auxiliaries.add(new Network.Head(logits, weight));
    return this;
  }

  /**
   * Returns the finished network; the output of its last layer are its logits.
   *
   * @throws IllegalArgumentException if it has no layer, or another layer reads an auxiliary head
   */
  public Network build() {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(name + " has no layers");
    }
    return new Network(name, input(), nodes, auxiliaries, vectorLength);
  }

  /**
   * Returns the finished network.
   *
   * @param logits the output of its last layer
   * @throws IllegalArgumentException if it is another value, or as {@link #build()} does
   */
  public Network build(Value logits) {
    if (logits != last()) {
      throw new IllegalArgumentException(
          "%s: the logits must be the output of the last layer, %s, not %s"
              .formatted(name, last().name(), logits.name()));
    }
    return build();
  }
}
