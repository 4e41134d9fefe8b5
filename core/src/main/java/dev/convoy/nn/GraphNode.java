package dev.convoy.nn;

import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer in its place in a network.
 *
 * @param name as the paper or torchvision calls it
 * @param layer what it computes
 * @param inputs the values it reads
 * @param value its output
 * @param parameters its own, in the order in which the layer asked for them
 */
public record GraphNode(
    String name, Layer layer, List<Value> inputs, Value value, List<Parameter> parameters) {

  /** Returns the shapes of the values it reads, for one image. */
  public List<Shape> inputShapes() {
    return inputs.stream().map(Value::shape).toList();
  }

  /** Returns the shape of its output, for one image. */
  public Shape output() {
    return value.shape();
  }

  /** Returns the numbers of the values it reads. */
  List<Integer> inputIndices() {
    return inputs.stream().map(Value::index).toList();
  }

  /**
   * Returns where the parts in which it goes backward begin in the flat vector, ascending; none if
   * it has no parameters.
   */
  List<Integer> backwardParts() {
    if (parameters.isEmpty()) {
      return List.of();
    }
    List<Integer> parts = new ArrayList<>(List.of(firstFloat()));
    layer.backwardCuts(inputShapes()).forEach(cut -> parts.add(firstFloat() + cut));
    return parts;
  }

  /** Returns where its parameters begin in the flat vector, if it has any. */
  private int firstFloat() {
    return parameters.get(0).at();
  }

  /** Returns where its parameters end in the flat vector; 0 if it has none. */
  int endFloat() {
    return parameters.stream().mapToInt(p -> p.at() + p.length()).max().orElse(0);
  }

  /** Returns the number of values that are trained. */
  public long trainable() {
    return parameters.stream().mapToLong(Parameter::trainable).sum();
  }

  /** Returns the multiply-adds of one image, forward. */
  public long multiplyAdds() {
    return layer.multiplyAdds(inputShapes());
  }

  /** Returns the connections as the paper of 1998 counts them. */
  public long connections() {
    return layer.connections(inputShapes());
  }
}
