package dev.convoy.spark.bench;

import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Locale;

/**
 * A convolution that is timed alone.
 *
 * @param name for people, of the form in which PyTorch's bench prints it
 * @param geometry of one image
 */
record LayerShape(String name, ConvolutionGeometry geometry) {
  /** Layers of VGG, ResNet and AlexNet that differ in what bounds them. */
  static final List<LayerShape> ALL =
      List.of(
          of(3, 224, 64, 3, 1),
          of(64, 224, 64, 3, 1),
          of(256, 56, 256, 3, 1),
          of(512, 28, 512, 3, 1),
          of(512, 14, 512, 3, 1),
          of(256, 56, 64, 1, 1),
          of(1024, 14, 256, 1, 1),
          of(64, 56, 64, 3, 1),
          of(256, 14, 256, 3, 1),
          of(3, 224, 64, 7, 2),
          new LayerShape(
              "5x5 96->256 27 groups 2",
              new ConvolutionGeometry(new Shape(27, 27, 96), 96, 256, 5, 5, 1, 2, 2)));

  private static LayerShape of(int inputs, int side, int outputs, int kernel, int stride) {
    // A first layer reads images, whose channels are not padded.
    int pixel = inputs < Layout.LANES ? inputs : Layout.padded(inputs);
    return new LayerShape(
        String.format(
            Locale.ROOT,
            "%1$dx%1$d%2$s %3$d->%4$d %5$d",
            kernel,
            stride == 1 ? "" : "/" + stride,
            inputs,
            outputs,
            side),
        new ConvolutionGeometry(
            new Shape(side, side, inputs), pixel, outputs, kernel, kernel, stride, kernel / 2));
  }

  /** Returns the multiply-adds of a direct convolution of one image. */
  long multiplyAdds() {
    return (long) geometry.output().size() * geometry.fanIn();
  }
}
