package dev.convoy.spark.app.options;

import dev.convoy.data.decode.Background;
import picocli.CommandLine.Option;

/** What lies behind the transparent pixels of an image. */
public final class BackgroundOption {
  @Option(
      names = "--background",
      paramLabel = "COLOUR",
      defaultValue = "white",
      description =
          "The colour behind transparent pixels: white, black, grey or #rrggbb; convoy predict needs"
              + " the one that convoy prepare had. Default: ${DEFAULT-VALUE}.")
  private String background;

  /** Returns the colour. */
  public Background colour() {
    return Background.parse(background);
  }
}
