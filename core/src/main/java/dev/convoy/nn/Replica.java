package dev.convoy.nn;

import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A network with the buffers of one batch, for a team of workers. Buffers are allocated here and
 * never again; they lie as a {@link MemoryPlan} says.
 *
 * <p>A value that several nodes read has one gradient: in the backward pass its last reader
 * overwrites it, and those before add to it.
 */
public final class Replica {
  private final Network network;
  private final Workspace workspace;
  private final float[][] memory;
  private final Tensor[] values;
  private final Tensor[] gradients;
  private final BoundLayer[] bound;
  private final BoundLayer[] running;

  /**
   * For each running layer where the parts of its parameters begin in the flat vector, ascending,
   * and where the last one ends; empty if it has none.
   */
  private final int[][] parts;

  private final long[] kept;

  /**
   * Makes a replica for training.
   *
   * @param images capacity, of all virtual nodes together
   * @param workers of the team
   */
  public static Replica training(Network network, Kernels kernels, int images, int workers) {
    GradientLayout whole = GradientLayout.whole(network.vectorLength());
    return training(network, kernels, images, workers, whole);
  }

  /**
   * Makes a replica for training.
   *
   * @param images capacity, of all virtual nodes together
   * @param workers of the team
   * @param layout of the gradients that backward writes
   */
  public static Replica training(
      Network network, Kernels kernels, int images, int workers, GradientLayout layout) {
    Workspace workspace = new Workspace(images, workers, false);
    return of(network, kernels, workspace, Purpose.TRAINING, layout);
  }

  /** Makes a replica for training that gives the gradient of the images too, for checks. */
  public static Replica trainingWithInputGradient(
      Network network, Kernels kernels, int images, int workers) {
    Workspace workspace = new Workspace(images, workers, false);
    GradientLayout whole = GradientLayout.whole(network.vectorLength());
    return of(network, kernels, workspace, Purpose.TRAINING_WITH_INPUT_GRADIENT, whole);
  }

  /** Makes a replica that goes forward only, without gradients and auxiliary heads. */
  public static Replica evaluating(Network network, Kernels kernels, int images, int workers) {
    return evaluating(network, kernels, new Workspace(images, workers, false));
  }

  /**
   * Makes a replica that goes forward only, always with the same weights: what kernels derive from
   * them is made in the first pass and kept.
   */
  public static Replica inferring(Network network, Kernels kernels, int images, int workers) {
    return evaluating(network, kernels, new Workspace(images, workers, true));
  }

  private static Replica evaluating(Network network, Kernels kernels, Workspace workspace) {
    GradientLayout none = GradientLayout.whole(network.vectorLength());
    return of(network, kernels, workspace, Purpose.EVALUATION, none);
  }

  private static Replica of(
      Network network,
      Kernels kernels,
      Workspace workspace,
      Purpose purpose,
      GradientLayout layout) {
    MemoryPlan plan = new MemoryPlan(network, workspace.images(), purpose, true);
    return new Replica(network, kernels, workspace, plan, layout, true);
  }

  /**
   * @param layout of the gradients that backward writes
   * @param allocates whether it will run; otherwise only its kernels get memory, and the workspace
   *     tells how much
   */
  Replica(
      Network network,
      Kernels kernels,
      Workspace workspace,
      MemoryPlan plan,
      GradientLayout layout,
      boolean allocates) {
    this.network = network;
    this.workspace = workspace;
    memory = new float[plan.slots().size()][];
    for (int slot = 0; slot < memory.length; slot++) {
      memory[slot] = new float[allocates ? plan.slotLength(slot) : 0];
    }
    values = new Tensor[network.nodes().size() + 1];
    gradients = new Tensor[values.length];
    Arrays.setAll(values, value -> plan.value(value, memory));
    Arrays.setAll(gradients, value -> plan.gradient(value, memory));
    FusionPlan fusion = FusionPlan.of(network, plan.purpose());
    bound = new BoundLayer[network.nodes().size()];
    kept = new long[bound.length];
    for (int i = 0; i < bound.length; i++) {
      if (values[i + 1] != null) {
        long before = workspace.keptBytes();
        bound[i] = bind(network.nodes().get(i), binding(kernels, fusion, layout, i));
        kept[i] = workspace.keptBytes() - before;
      }
    }
    for (int i = 0; i < bound.length; i++) {
      Epilogue epilogue = bound[i] == null ? Epilogue.NONE : bound[i].epilogue();
      fusion.forwardHost(network.nodes().get(i)).ifPresent(h -> bound[h].runOnOutput(epilogue));
    }
    running = Arrays.stream(bound).filter(Objects::nonNull).toArray(BoundLayer[]::new);
    parts = new int[running.length][];
    for (int i = 0, r = 0; i < bound.length; i++) {
      if (bound[i] != null) {
        parts[r] = parts(network.nodes().get(i), layout);
        r++;
      }
    }
  }

  private static int[] parts(GraphNode node, GradientLayout layout) {
    List<Integer> starts = node.backwardParts();
    int[] parts = new int[starts.isEmpty() ? 0 : starts.size() + 1];
    for (int p = 0; p < starts.size(); p++) {
      parts[p] = starts.get(p);
      parts[p + 1] = p + 1 < starts.size() ? starts.get(p + 1) : node.endFloat();
      layout.requireContiguous(node.name(), parts[p], parts[p + 1]);
    }
    return parts;
  }

  private BoundLayer bind(GraphNode node, Binding binding) {
    BoundLayer layer = node.layer().bind(binding);
    if (layer == null) {
      throw new IllegalArgumentException(
          "%s, layer %s: its %s cannot be run, for bind returned nothing"
              .formatted(network.name(), node.name(), node.layer().kind()));
    }
    return layer;
  }

  private Binding binding(Kernels kernels, FusionPlan fusion, GradientLayout layout, int i) {
    GraphNode node = network.nodes().get(i);
    List<Tensor> inputs = new ArrayList<>();
    List<Tensor> inputGradients = new ArrayList<>();
    List<Boolean> adding = new ArrayList<>();
    for (int input = 0; input < node.inputIndices().size(); input++) {
      int value = node.inputIndices().get(input);
      inputs.add(values[value]);
      inputGradients.add(gradients[value]);
      adding.add(network.isReadLater(value, i, input));
    }
    return new Binding(
        node.name(),
        kernels,
        workspace,
        fusion.forwardHost(node).isPresent(),
        fusion.hasBackwardHost(node),
        fusion.backwardGuest(node).map(g -> bound[g].gradientEpilogue()).orElse(Epilogue.NONE),
        inputs,
        inputGradients,
        adding,
        values[i + 1],
        gradients[i + 1],
        node.parameters().stream().map(parameter -> parameter.with(layout)).toList());
  }

  /** Returns the network it runs. */
  public Network network() {
    return network;
  }

  /** Returns the bytes that the kernels of a node keep. */
  long keptBytes(int node) {
    return kept[node];
  }

  /** Returns its buffers, for checks. */
  float[][] memory() {
    return memory;
  }

  /**
   * Returns the images, to be filled before {@link #forward}; NHWC, channels not padded. They stay.
   */
  public Tensor input() {
    return values[0];
  }

  /** Returns the scores of the classes, after {@link #forward}. */
  public Tensor logits() {
    return values[bound.length];
  }

  /** Returns the gradient of the logits, to be filled before {@link #backward}. */
  public Tensor logitsGradient() {
    return gradients[bound.length];
  }

  /** Returns the scores of an auxiliary head, after {@link #forward} for training. */
  public Tensor logits(Network.Head head) {
    return values[head.logits().index()];
  }

  /** Returns the gradient of a head's logits, to be filled before {@link #backward}. */
  public Tensor logitsGradient(Network.Head head) {
    return gradients[head.logits().index()];
  }

  /** Returns the images' gradient, after {@link #backward}, if it was asked for. */
  public Tensor inputGradient() {
    return gradients[0];
  }

  /** Computes the logits from the images; all workers have passed a barrier when it returns. */
  public void forward(Pass pass) {
    forward(pass, LayerHooks.NONE);
  }

  /** Computes the logits as {@link #forward(Pass)} does, with hooks between the layers. */
  public void forward(Pass pass, LayerHooks hooks) {
    for (int i = 0; i < running.length; i++) {
      if (parts[i].length > 0) {
        hooks.beforeForward(pass.worker(), parts[i][parts[i].length - 1]);
      }
      running[i].forward(pass);
      pass.worker().barrier();
    }
  }

  /**
   * Computes the gradients of all parameters from those of the logits, of auxiliary heads too, and
   * writes them to {@code pass.gradients()}, where the layout says; all workers have passed a
   * barrier when it returns.
   */
  public void backward(Pass pass) {
    backward(pass, LayerHooks.NONE);
  }

  /** Computes the gradients as {@link #backward(Pass)} does, with hooks between the layers. */
  public void backward(Pass pass, LayerHooks hooks) {
    for (int i = running.length - 1; i >= 0; i--) {
      if (parts[i].length == 0) {
        running[i].backward(pass);
        pass.worker().barrier();
      }
      for (int part = parts[i].length - 2; part >= 0; part--) {
        backward(pass, hooks, i, part);
      }
    }
  }

  private void backward(Pass pass, LayerHooks hooks, int layer, int part) {
    int from = parts[layer][part];
    int to = parts[layer][part + 1];
    hooks.beforeBackward(pass.worker(), from, to);
    if (part == parts[layer].length - 2) {
      running[layer].backward(pass);
    } else {
      running[layer].backwardPart(pass, part);
    }
    pass.worker().barrier();
    hooks.afterBackward(pass.worker(), from, to);
  }
}
