package dev.convoy.zoo;

import dev.convoy.nn.BatchNormalization;
import dev.convoy.nn.ChannelPaddingShortcut;
import dev.convoy.nn.Convolution;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.Network;
import java.util.List;

/**
 * A block of ResNet (He et al. 2015, figure 5): convolutions with batch normalization, to whose end
 * the block's input is added before the last rectifier.
 *
 * @param body the convolutions
 * @param shortcut how the input comes to the end where the shape changes
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

  /** How the input comes to the end of a block. */
  enum Shortcut {
    /** Not at all: a plain network. */
    NONE,
    /** The paper's option A: every second pixel, and channels of zeros. */
    PADDED,
    /** The paper's option B: a convolution of 1x1 where the shape changes. */
    PROJECTED
  }

  /** Maps at its end. */
  int outChannels(int width) {
    return body == Body.BASIC ? width : 4 * width;
  }

  /**
   * Appends the block.
   *
   * @param at prefix of its names
   * @param input number of the value it reads
   * @param inputs channels of that
   * @param width channels of its 3x3 convolutions
   * @return the number of its output
   */
  int append(Network.Builder net, String at, int input, int inputs, int width, int stride) {
    if (body == Body.BASIC) {
      int first = convolution(net, at, 1, input, width, 3, stride);
      int second = convolution(net, at, 2, normalized(net, at, 1, first), width, 3, 1);
      return end(net, at, 2, second, input, inputs, width, stride);
    }
    int strideOfFirst = body == Body.BOTTLENECK_V1 ? stride : 1;
    int first = convolution(net, at, 1, input, width, 1, strideOfFirst);
    int second =
        convolution(net, at, 2, normalized(net, at, 1, first), width, 3, stride / strideOfFirst);
    int third = convolution(net, at, 3, normalized(net, at, 2, second), outChannels(width), 1, 1);
    return end(net, at, 3, third, input, inputs, width, stride);
  }

  private static int convolution(
      Network.Builder net,
      String at,
      int number,
      int input,
      int outChannels,
      int kernel,
      int stride) {
    return net.addReading(
        at + "conv" + number, convolution(outChannels, kernel, stride), List.of(input));
  }

  /** Without a bias, for the batch normalization behind it has one; padded to keep the size. */
  static Convolution convolution(int outChannels, int kernel, int stride) {
    return Convolution.of(outChannels, kernel, Initialization.he())
        .stride(stride)
        .padding(kernel / 2)
        .withoutBias();
  }

  private static int normalized(Network.Builder net, String at, int number, int input) {
    return net.addReading(at + "bn" + number, new BatchNormalization(true), List.of(input));
  }

  private int end(
      Network.Builder net,
      String at,
      int number,
      int value,
      int input,
      int inputs,
      int width,
      int stride) {
    BatchNormalization last = new BatchNormalization(true);
    if (shortcut == Shortcut.NONE) {
      return net.addReading(at + "bn" + number, last, List.of(value));
    }
    boolean same = stride == 1 && inputs == outChannels(width);
    int shortened = same ? input : changed(net, at, input, outChannels(width), stride);
    return net.addReading(at + "bn" + number, last, List.of(value, shortened));
  }

  private int changed(Network.Builder net, String at, int input, int outChannels, int stride) {
    if (shortcut == Shortcut.PADDED) {
      return net.addReading(
          at + "shortcut", new ChannelPaddingShortcut(stride, outChannels), List.of(input));
    }
    int projected =
        net.addReading(at + "downsample.0", convolution(outChannels, 1, stride), List.of(input));
    return net.addReading(at + "downsample.1", new BatchNormalization(false), List.of(projected));
  }
}
