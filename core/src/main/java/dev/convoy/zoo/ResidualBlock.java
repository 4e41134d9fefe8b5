package dev.convoy.zoo;

import dev.convoy.nn.BatchNormalization;
import dev.convoy.nn.ChannelPaddingShortcut;
import dev.convoy.nn.Convolution;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.nn.Value;

/**
 * A block of ResNet (He et al. 2015, figure 5): convolutions with batch normalization, to whose
 * result the block's input is added before the last ReLU.
 *
 * @param body the convolutions
 * @param shortcut how the input is brought to the result's shape where that differs
 */
record ResidualBlock(Body body, Shortcut shortcut) {
  /** The convolutions of a block. */
  enum Body {
    /** Two of 3x3. */
    BASIC,
    /** 1x1, 3x3 with the stride, 1x1 to four times as many channels: torchvision's, "v1.5". */
    BOTTLENECK,
    /** The same with the stride in the first 1x1, as in the paper. */
    BOTTLENECK_V1
  }

  /** How the input of a block is added to its result. */
  enum Shortcut {
    /** Not at all: a plain network. */
    NONE,
    /** The paper's option A: every second pixel, and channels of zeros. */
    PADDED,
    /** The paper's option B: a convolution of 1x1 where the shape changes. */
    PROJECTED
  }

  /**
   * Returns a 3x3 convolution or a bottleneck's 1x1, without a bias, because batch normalization
   * has one.
   */
  static Convolution convolution(int outChannels, int kernel, int stride) {
    return Convolution.of(outChannels, kernel, Initialization.he())
        .stride(stride)
        .padding(kernel / 2)
        .withoutBias();
  }

  /**
   * Appends the block.
   *
   * @param at prefix of its names
   * @param input what it reads
   * @param width channels of its 3x3 convolutions
   * @param stride step of one of its convolutions
   * @return its output
   */
  Value append(NetworkBuilder graph, String at, Value input, int width, int stride) {
    if (body == Body.BASIC) {
      Value x = graph.add(at + "conv1", convolution(width, 3, stride), input);
      x = graph.add(at + "bn1", new BatchNormalization(true), x);
      x = graph.add(at + "conv2", convolution(width, 3, 1), x);
      return end(graph, at, "bn2", x, input, stride);
    }
    int strideOfFirst = body == Body.BOTTLENECK_V1 ? stride : 1;
    Value x = graph.add(at + "conv1", convolution(width, 1, strideOfFirst), input);
    x = graph.add(at + "bn1", new BatchNormalization(true), x);
    x = graph.add(at + "conv2", convolution(width, 3, stride / strideOfFirst), x);
    x = graph.add(at + "bn2", new BatchNormalization(true), x);
    x = graph.add(at + "conv3", convolution(4 * width, 1, 1), x);
    return end(graph, at, "bn3", x, input, stride);
  }

  /** Appends the last batch normalization, which adds the shortcut. */
  private Value end(
      NetworkBuilder graph, String at, String name, Value x, Value input, int stride) {
    BatchNormalization last = new BatchNormalization(true);
    if (shortcut == Shortcut.NONE) {
      return graph.add(at + name, last, x);
    }
    boolean sameShape = input.shape().equals(x.shape());
    return graph.add(at + name, last, x, sameShape ? input : fit(graph, at, input, x, stride));
  }

  /** Brings the block's input to the shape of its result. */
  private Value fit(NetworkBuilder graph, String at, Value input, Value end, int stride) {
    int channels = end.shape().channels();
    if (shortcut == Shortcut.PADDED) {
      return graph.add(at + "shortcut", new ChannelPaddingShortcut(stride, channels), input);
    }
    Value x = graph.add(at + "downsample.0", convolution(channels, 1, stride), input);
    return graph.add(at + "downsample.1", new BatchNormalization(false), x);
  }
}
