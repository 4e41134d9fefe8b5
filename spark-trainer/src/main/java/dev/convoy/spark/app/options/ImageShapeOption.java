package dev.convoy.spark.app.options;

import dev.convoy.tensor.Shape;
import picocli.CommandLine.Option;

/** The shape of the images that a network of the zoo is built for. */
public final class ImageShapeOption {
  @Option(
      names = "--input",
      paramLabel = "HxWxC",
      description = "Shape of an image, such as 64x64x3. Default: that of the network's paper.")
  private String input;

  /** Returns the shape, or null for that of the network's paper. */
  public Shape shape() {
    return NetworkArgument.input(input);
  }
}
