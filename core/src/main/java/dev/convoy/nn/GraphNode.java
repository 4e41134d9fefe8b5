package dev.convoy.nn;

import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * A layer in its place in a network.
 *
 * @param name as the paper or torchvision calls it
 * @param layer what it computes
 * @param inputs numbers of the values it reads: 0 is the image, i + 1 the output of node i
 * @param inputShapes of those values
 * @param output its shape
 * @param parameters its own
 */
public record GraphNode(
    String name,
    Layer layer,
    List<Integer> inputs,
    List<Shape> inputShapes,
    Shape output,
    List<Parameter> parameters) {

  /** Parameters that are trained. */
  public long trainable() {
    return parameters.stream().mapToLong(Parameter::trainable).sum();
  }

  /** Multiply-adds of one image, forward. */
  public long multiplyAdds() {
    return layer.multiplyAdds(inputShapes);
  }

  /** Connections as the paper of 1998 counts them. */
  public long connections() {
    return layer.connections(inputShapes);
  }
}
