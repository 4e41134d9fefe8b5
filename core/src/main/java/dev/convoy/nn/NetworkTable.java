package dev.convoy.nn;

import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A network as the papers print it: a row for each layer, with its activation function, and totals.
 *
 * @param network its name
 * @param input one image
 * @param rows in the order of the forward pass
 * @param parameters that are trained
 * @param multiplyAdds of convolutions and fully connected layers, one image, forward
 * @param connections as the paper of 1998 counts them
 * @param inference what remains of parameters and multiply-adds without auxiliary heads
 * @param activationBytes of one image's input and activations as a forward pass holds them,
 *     channels in groups of 16; training holds as much again for gradients
 */
public record NetworkTable(
    String network,
    Shape input,
    List<Row> rows,
    long parameters,
    long multiplyAdds,
    long connections,
    Inference inference,
    long activationBytes) {

  /** Totals without auxiliary heads, which only training has. */
  public record Inference(long parameters, long multiplyAdds) {
    private static Inference of(Network network) {
      return new Inference(network.parametersOfInference(), network.multiplyAddsOfInference());
    }
  }

  /**
   * A layer.
   *
   * @param name as the paper or torchvision calls it
   * @param kind what it computes, and what is applied to its output in place
   * @param window what it slides; null if it slides nothing
   * @param output shape of one image's output
   * @param receptiveField side of the square of the image that one output depends on
   * @param activationBytes of one image's output; none where it is made of outputs that are counted
   */
  public record Row(
      String name,
      String kind,
      Window window,
      Shape output,
      int receptiveField,
      long parameters,
      long multiplyAdds,
      long connections,
      long activationBytes) {

    private static Row of(GraphNode node, ReceptiveField field) {
      return new Row(
          node.name(),
          node.layer().kind(),
          node.layer().window().orElse(null),
          node.output(),
          field.side(),
          node.trainable(),
          node.multiplyAdds(),
          node.connections(),
          node.layer().concatenates() ? 0 : bytes(Tensor.activations(1, node.output())));
    }

    private Row followedBy(String activation) {
      return new Row(
          name,
          kind + ", " + activation,
          window,
          output,
          receptiveField,
          parameters,
          multiplyAdds,
          connections,
          activationBytes);
    }
  }

  /** Makes the table. */
  public static NetworkTable of(Network network) {
    List<Row> rows = new ArrayList<>();
    ReceptiveField[] fields = ReceptiveField.of(network);
    for (int i = 0; i < network.nodes().size(); i++) {
      GraphNode node = network.nodes().get(i);
      if (node.layer().inPlace()) {
        int last = rows.size() - 1;
        rows.set(last, rows.get(last).followedBy(node.layer().kind()));
      } else {
        rows.add(Row.of(node, fields[i + 1]));
      }
    }
    long activations = rows.stream().mapToLong(Row::activationBytes).sum();
    return new NetworkTable(
        network.name(),
        network.input(),
        List.copyOf(rows),
        network.trainable(),
        network.multiplyAdds(),
        network.connections(),
        Inference.of(network),
        bytes(Tensor.images(1, network.input())) + activations);
  }

  private static long bytes(Tensor tensor) {
    return (long) Float.BYTES * tensor.imageLength();
  }
}
