package dev.convoy.optim;

import java.util.ArrayList;
import java.util.List;

/** Gives what is trained to an elementwise optimizer, and updates the statistics itself. */
final class TrainedParts implements Optimizer {
  private final Optimizer trained;
  private final List<Part> parts;

  TrainedParts(Optimizer trained, List<Part> parts) {
    this.trained = trained;
    this.parts = joined(parts);
  }

  /** Neighbours that are treated alike, as one. */
  private static List<Part> joined(List<Part> parts) {
    List<Part> joined = new ArrayList<>();
    for (Part part : parts) {
      Part.Kind kind = part.kind() == Part.Kind.STATISTIC ? part.kind() : Part.Kind.WEIGHT;
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
    return trained.name();
  }

  @Override
  public void update(Slice slice, int from, int to, float learningRate) {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      int start = Math.max(from, part.from());
      int end = Math.min(to, part.to());
      if (start < end && part.kind() == Part.Kind.STATISTIC) {
        Statistics.update(slice, start, end);
      } else if (start < end) {
        trained.update(slice, start, end, learningRate);
      }
    }
  }
}
