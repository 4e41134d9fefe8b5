package dev.convoy.kernel;

import dev.convoy.tensor.Tensor;

/**
 * The gradients of {@link NormalizationTensors}. The input's or the shortcut's may be the very
 * tensor that the output's is, which is then overwritten.
 *
 * @param output of the output; undefined after the backward pass, unless it is the input's or the
 *     shortcut's
 * @param input of the input; null if it is not needed
 * @param addToInput whether it is added to the previous values
 * @param shortcut of the shortcut; null if it is not needed
 * @param addToShortcut whether it is added to the previous values
 */
public record NormalizationGradients(
    Tensor output, Tensor input, boolean addToInput, Tensor shortcut, boolean addToShortcut) {
  public NormalizationGradients {
    if ((output.equals(input) && addToInput) || (output.equals(shortcut) && addToShortcut)) {
      throw new IllegalArgumentException("a gradient written in place is not added to anything");
    }
    if (output.equals(input) && output.equals(shortcut)) {
      throw new IllegalArgumentException("only one gradient can be written in place");
    }
  }

  /** Returns whether the shortcut's gradient is in a buffer of its own. */
  public boolean copiesToShortcut() {
    return shortcut != null && !shortcut.equals(output);
  }
}
