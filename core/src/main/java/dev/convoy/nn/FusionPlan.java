package dev.convoy.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which layers do a part of another layer's work, band by band, while the data is in the cache. A
 * pure function of a network and of what a replica is for, decided before any layer is bound;
 * {@code convoy describe NETWORK --fusion} prints it. Immutable.
 *
 * <p>In the forward pass a layer that {@link Layer#runsEpilogues} does the {@link
 * Layer#forwardWork} of the next one, if no other layer reads its output. In the backward pass a
 * layer that {@link Layer#runsGradientEpilogues} does the {@link Layer#backwardWork} of the layer
 * whose output it reads, if it is the one that completes the gradient of that output.
 */
public final class FusionPlan {
  /**
   * A piece of work that one layer does for another.
   *
   * @param host who does it
   * @param guest whose work it is
   * @param work what it is, for people
   */
  public record Fusion(GraphNode host, GraphNode guest, String work) {}

  private static final int NONE = -1;

  private final Network network;
  private final boolean trains;
  private final Aliases gradients;

  /** For each node the number of the node that does its forward work, or {@link #NONE}. */
  private final int[] forwardHosts;

  /** For each node the number of the node whose backward work it does, or {@link #NONE}. */
  private final int[] backwardGuests;

  private final List<Fusion> forward = new ArrayList<>();
  private final List<Fusion> backward = new ArrayList<>();

  private FusionPlan(Network network, Purpose purpose) {
    this.network = network;
    trains = purpose.trains();
    gradients = ValueAliases.ofGradients(network, ValueAliases.of(network));
    int nodes = network.nodes().size();
    forwardHosts = new int[nodes];
    backwardGuests = new int[nodes];
    for (int i = 0; i < nodes; i++) {
      boolean exists = trains || network.servesMainHead(i);
      forwardHosts[i] = exists ? forwardHost(i) : NONE;
      backwardGuests[i] = trains ? backwardGuest(i, purpose) : NONE;
    }
    for (int i = 0; i < nodes; i++) {
      if (forwardHosts[i] != NONE) {
        String work = node(i).layer().forwardWork(trains).orElseThrow().name();
        forward.add(new Fusion(node(forwardHosts[i]), node(i), work));
      }
    }
    for (int i = nodes - 1; i >= 0; i--) {
      if (backwardGuests[i] != NONE) {
        GraphNode guest = node(backwardGuests[i]);
        String work = guest.layer().backwardWork().orElseThrow().name();
        backward.add(new Fusion(node(i), guest, work));
      }
    }
  }

  static FusionPlan of(Network network, Purpose purpose) {
    return new FusionPlan(network, purpose);
  }

  /**
   * Makes the plan of a training step.
   *
   * @throws IllegalArgumentException if layers cannot work in place where they must
   */
  public static FusionPlan training(Network network) {
    return of(network, Purpose.TRAINING);
  }

  /**
   * Makes the plan of an evaluation.
   *
   * @throws IllegalArgumentException if layers cannot work in place where they must
   */
  public static FusionPlan evaluation(Network network) {
    return of(network, Purpose.EVALUATION);
  }

  private GraphNode node(int index) {
    return network.nodes().get(index);
  }

  private int forwardHost(int i) {
    List<Integer> inputs = node(i).inputIndices();
    int first = inputs.get(0);
    Optional<FusedWork> work = node(i).layer().forwardWork(trains);
    if (work.isEmpty()
        || first == 0
        || network.readers(first) > 1
        || !node(first - 1).layer().runsEpilogues()) {
      return NONE;
    }
    boolean othersBefore = inputs.stream().skip(1).allMatch(other -> other < first);
    return othersBefore || !work.get().readsOtherInputs() ? first - 1 : NONE;
  }

  private int backwardGuest(int i, Purpose purpose) {
    int first = node(i).inputIndices().get(0);
    if (!node(i).layer().runsGradientEpilogues()
        || first == 0
        || !network.isReadFirst(first, i)
        || node(first - 1).layer().backwardWork().isEmpty()) {
      return NONE;
    }
    return writesNoOtherGradient(first, purpose) ? first - 1 : NONE;
  }

  /**
   * Returns whether the gradients of all inputs of a node but the first lie in that of its output,
   * or are not needed. Others may have no memory yet, or nothing to be added to.
   */
  private boolean writesNoOtherGradient(int output, Purpose purpose) {
    return node(output - 1).inputIndices().stream()
        .skip(1)
        .allMatch(
            input ->
                input == 0
                    ? purpose != Purpose.TRAINING_WITH_INPUT_GRADIENT
                    : gradients.root(input) == gradients.root(output)
                        && gradients.firstChannel(input) == gradients.firstChannel(output));
  }

  /** Returns what is fused in the forward pass, in the order of the layers whose work it is. */
  public List<Fusion> forward() {
    return List.copyOf(forward);
  }

  /** Returns what is fused in the backward pass, in its order; nothing in evaluation. */
  public List<Fusion> backward() {
    return List.copyOf(backward);
  }

  /** Returns the number of the node that does a node's forward work, if another does it. */
  Optional<Integer> forwardHost(GraphNode node) {
    return some(forwardHosts[node.value().index() - 1]);
  }

  /** Returns the number of the node whose backward work a node does, if it does any. */
  Optional<Integer> backwardGuest(GraphNode node) {
    return some(backwardGuests[node.value().index() - 1]);
  }

  /** Returns whether another node does a node's backward work. */
  boolean hasBackwardHost(GraphNode node) {
    int index = node.value().index() - 1;
    for (int guest : backwardGuests) {
      if (guest == index) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Integer> some(int node) {
    return node == NONE ? Optional.empty() : Optional.of(node);
  }
}
