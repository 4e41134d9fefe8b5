package dev.convoy.spark.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * How long an executor computes in a step, without any exchange.
 *
 * @param nodes virtual nodes that it computes at once
 * @param loading seconds before the first layer, such as copying the images
 * @param forward in the order of the forward pass; the loss is part of the last
 * @param backward in the order of the backward pass
 */
public record StepTimes(
    double nodes, double loading, List<Segment> forward, List<Segment> backward) {

  public StepTimes {
    forward = List.copyOf(forward);
    backward = List.copyOf(backward);
  }

  /** Returns the seconds of one forward and one backward pass. */
  double seconds() {
    return loading + seconds(forward) + seconds(backward);
  }

  static double seconds(List<Segment> segments) {
    return segments.stream().mapToDouble(Segment::seconds).sum();
  }

  /**
   * Returns the times for another number of virtual nodes, on the line through these and others. A
   * layer's line never falls, and never begins below zero.
   */
  StepTimes at(double wanted, StepTimes more) {
    return new StepTimes(
        wanted,
        line(wanted, loading, more, more.loading),
        line(wanted, forward, more, more.forward),
        line(wanted, backward, more, more.backward));
  }

  private List<Segment> line(double wanted, List<Segment> few, StepTimes more, List<Segment> many) {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < few.size(); i++) {
      double seconds = line(wanted, few.get(i).seconds(), more, many.get(i).seconds());
      segments.add(new Segment(few.get(i).at(), seconds));
    }
    return segments;
  }

  private double line(double wanted, double few, StepTimes more, double many) {
    double each = many / more.nodes;
    double slope =
        nodes == more.nodes
            ? each
            : Math.min(each, Math.max(0, (many - few) / (more.nodes - nodes)));
    return many + slope * (wanted - more.nodes);
  }
}
