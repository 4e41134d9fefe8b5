package dev.convoy.nn;

import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.tensor.Shape;
import java.util.List;

/** The mean of each channel (Lin et al. 2013, section 3.2). */
public record GlobalAveragePooling() implements Layer {
  @Override
  public String kind() {
    return "global average pooling";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return PoolingGeometry.global(inputs.get(0)).output();
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public BoundLayer bind(Binding binding) {
    return BoundAverage.of(binding, PoolingGeometry.global(binding.paddedInput(this).shape()));
  }
}
