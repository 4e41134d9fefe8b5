package dev.convoy.nn;

import java.util.Arrays;

/**
 * When each value and each gradient of a replica is needed: from its first write to its last read.
 *
 * <p>A step of n nodes runs through the times
 *
 * <pre>
 *   -1 images   0 ... n-1 forward of each node   n losses   n+1 ... 2n backward of each, in reverse
 * </pre>
 *
 * <p>What the caller reads afterwards, images, logits and the images' gradient, is needed to the
 * end.
 */
final class Liveness {
  private static final int NEVER = Integer.MAX_VALUE;

  private final Network network;
  private final boolean trains;
  private final int[] first;
  private final int[] last;
  private final int[] gradientFirst;
  private final int[] gradientLast;

  Liveness(Network network, Purpose purpose) {
    this.network = network;
    trains = purpose.trains();
    int values = network.nodes().size() + 1;
    first = new int[values];
    last = new int[values];
    gradientFirst = new int[values];
    gradientLast = new int[values];
    Arrays.fill(gradientFirst, NEVER);
    first[0] = -1;
    last[0] = end();
    for (int i = 0; i < network.nodes().size(); i++) {
      if (trains || network.servesMainHead(i)) {
        follow(i);
      }
    }
    for (int head : network.heads()) {
      last[head] = end();
      gradientFirst[head] = network.nodes().size();
    }
  }

  private void follow(int i) {
    GraphNode node = network.nodes().get(i);
    first[i + 1] = i;
    last[i + 1] = trains && node.layer().backwardReadsOutput() ? backward(i) : i;
    gradientFirst[i + 1] = backward(i);
    gradientLast[i + 1] = backward(i);
    for (int k = 0; k < node.inputIndices().size(); k++) {
      int value = node.inputIndices().get(k);
      boolean again = trains && node.layer().backwardReadsInput(k);
      last[value] = Math.max(last[value], again ? backward(i) : i);
      gradientFirst[value] = Math.min(gradientFirst[value], backward(i));
    }
  }

  private int backward(int i) {
    return 2 * network.nodes().size() - i;
  }

  private int end() {
    return 2 * network.nodes().size() + 1;
  }

  /** Returns when backward passes begin. */
  int turn() {
    return network.nodes().size();
  }

  int first(int value) {
    return first[value];
  }

  int last(int value) {
    return last[value];
  }

  int gradientFirst(int value) {
    return gradientFirst[value];
  }

  int gradientLast(int value) {
    return value == 0 ? end() : gradientLast[value];
  }
}
