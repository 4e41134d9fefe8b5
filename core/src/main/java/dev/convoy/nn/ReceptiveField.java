package dev.convoy.nn;

import java.util.Optional;

/**
 * The square of an image that a pixel of a layer's output depends on, padding included (Araujo,
 * Norris and Sim 2019, "Computing receptive fields of convolutional neural networks", equations 1
 * and 2). Where paths join, it is that of the largest.
 *
 * @param side rows of that square
 * @param step rows of the image from one pixel's square to the next one's
 */
record ReceptiveField(int side, int step) {
  /** The receptive field of a pixel of the image. */
  static final ReceptiveField OF_IMAGE = new ReceptiveField(1, 1);

  /** Returns the receptive field of each value: the image, then every node's output. */
  static ReceptiveField[] of(Network network) {
    ReceptiveField[] fields = new ReceptiveField[network.nodes().size() + 1];
    fields[0] = OF_IMAGE;
    for (int i = 0; i < network.nodes().size(); i++) {
      GraphNode node = network.nodes().get(i);
      ReceptiveField widest = OF_IMAGE;
      for (int input : node.inputIndices()) {
        widest = widest.or(fields[input]);
      }
      fields[i + 1] = widest.through(node);
    }
    return fields;
  }

  private ReceptiveField or(ReceptiveField other) {
    return new ReceptiveField(Math.max(side, other.side), Math.max(step, other.step));
  }

  private ReceptiveField through(GraphNode node) {
    Optional<Window> window = node.layer().window();
    if (window.isPresent()) {
      return through(window.get().height(), window.get().stride());
    }
    // A matrix, or pooling to a given size: its windows cover all of the input.
    int rows = node.inputShapes().get(0).height();
    int rowsOfOutput = node.output().height();
    int stride = rows / rowsOfOutput;
    return stride > 1 ? through(rows - (rowsOfOutput - 1) * stride, stride) : this;
  }

  private ReceptiveField through(int size, int stride) {
    return new ReceptiveField(side + (size - 1) * step, step * stride);
  }
}
