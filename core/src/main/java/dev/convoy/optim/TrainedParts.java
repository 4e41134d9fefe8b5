package dev.convoy.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Gives what is trained to elementwise optimizers, one for weights and one for vectors, updates the
 * statistics itself, and leaves what is frozen.
 */
final class TrainedParts implements Optimizer {
  private final Optimizer weights;
  private final Optimizer vectors;
  private final List<Part> parts;

  /** The optimizers differ in their settings at most. */
  TrainedParts(Optimizer weights, Optimizer vectors, List<Part> parts) {
    this.weights = weights;
    this.vectors = vectors;
    this.parts = joined(parts);
  }

  /**
   * The groups of a network's parameters under one elementwise optimizer.
   *
   * @param ofDecay the optimizer for a weight decay
   */
  static Optimizer of(
      Function<Float, Optimizer> ofDecay, Optimizers.Settings settings, List<Part> parts) {
    float decay = (float) settings.weightDecay();
    return new TrainedParts(
        ofDecay.apply(decay), ofDecay.apply(settings.decaysVectors() ? decay : 0f), parts);
  }

  /** Neighbours that are treated alike, as one. */
  private List<Part> joined(List<Part> parts) {
    List<Part> joined = new ArrayList<>();
    for (Part part : parts) {
      boolean asWeight = part.kind() == Part.Kind.VECTOR && vectors.equals(weights);
      Part.Kind kind = asWeight ? Part.Kind.WEIGHT : part.kind();
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).kind() == kind && joined.get(last).to() == part.from()) {
        joined.set(last, new Part(joined.get(last).from(), part.to(), kind));
      } else {
        joined.add(new Part(part.from(), part.to(), kind));
      }
    }
    return joined;
  }

  @Override
  public String name() {
    return weights.name();
  }

  @Override
  public void update(Slice slice, int from, int to, float learningRate) {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      int start = Math.max(from, part.from());
      int end = Math.min(to, part.to());
      if (start < end) {
        update(part.kind(), slice, start, end, learningRate);
      }
    }
  }

  private void update(Part.Kind kind, Slice slice, int from, int to, float learningRate) {
    switch (kind) {
      case WEIGHT -> weights.update(slice, from, to, learningRate);
      case VECTOR -> vectors.update(slice, from, to, learningRate);
      case STATISTIC -> Statistics.update(slice, from, to);
      case FROZEN -> {}
    }
  }
}
