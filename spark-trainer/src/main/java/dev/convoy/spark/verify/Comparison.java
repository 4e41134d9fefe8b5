package dev.convoy.spark.verify;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.convoy.nn.Parameter;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Relative L2 errors of a run of Convoy's against a dump; of gradients and weights those of the
 * worst tensor, by name.
 *
 * @param logits of the worst head, auxiliary ones included
 * @param losses of all steps
 */
public record Comparison(
    @JsonProperty("network") String network,
    @JsonProperty("logits") double logits,
    @JsonProperty("loss") double loss,
    @JsonProperty("losses") double losses,
    @JsonProperty("input_gradient") double inputGradient,
    @JsonProperty("gradients") double gradients,
    @JsonProperty("gradients_worst") String gradientsWorst,
    @JsonProperty("updated") double updated,
    @JsonProperty("updated_worst") String updatedWorst) {
  /** Above this, two engines do not compute the same. */
  public static final double TOLERANCE = 1e-3;

  /** Returns whether every error is within {@link #TOLERANCE}. */
  public boolean agrees() {
    return DoubleStream.of(logits, loss, losses, inputGradient, gradients, updated)
        .allMatch(error -> error <= TOLERANCE);
  }

  /** The tensor of a flat vector that is furthest from what is right. */
  record Worst(String name, double error) {
    static Worst of(List<Parameter> parameters, float[] values, float[] right) {
      Worst worst = new Worst("", -1);
      for (Parameter parameter : parameters) {
        double error = RelativeError.l2(parameter.unpack(values), parameter.unpack(right));
        if (error > worst.error) {
          worst = new Worst(parameter.name(), error);
        }
      }
      return worst;
    }
  }
}
