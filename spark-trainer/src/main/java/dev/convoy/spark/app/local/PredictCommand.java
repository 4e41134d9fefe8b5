package dev.convoy.spark.app.local;

import dev.convoy.data.DataException;
import dev.convoy.data.Pixels;
import dev.convoy.data.Region;
import dev.convoy.data.decode.DecodeOptions;
import dev.convoy.data.decode.ImageDecoder;
import dev.convoy.data.decode.ImageHeader;
import dev.convoy.data.text.ClassNames;
import dev.convoy.data.text.TextLines;
import dev.convoy.spark.app.options.BackgroundOption;
import dev.convoy.spark.app.options.LocalOptions;
import dev.convoy.spark.app.options.NetworkArgument;
import dev.convoy.spark.app.options.TrainedOptions;
import dev.convoy.spark.app.text.Printable;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.predict.ClassProbability;
import dev.convoy.spark.predict.Predictor;
import dev.convoy.spark.predict.TrainedNetwork;
import dev.convoy.spark.train.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy predict}: the best classes of image files. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the five best classes of each image, with their probabilities.",
      "An image is scaled and cut as the validation images were while training, and has to look"
          + " like them: those of MNIST and similar datasets are light on black."
    },
    footer = {
      "",
      "Example:",
      "  convoy predict --network lenet5-modern \\",
      "    --weights runs/lenet5-fashion-mnist/weights.safetensors boot.png"
    })
public final class PredictCommand implements Callable<Integer> {
  private static final int BEST = 5;

  @Spec private CommandSpec spec;
  @Mixin private LocalOptions options;
  @Mixin private TrainedOptions trainedOptions;
  @Mixin private BackgroundOption background;

  @Option(
      names = "--classes-file",
      paramLabel = "FILE",
      description = "Names of the classes, one a line. Default: those the weights bring.")
  private Path classesFile;

  @Parameters(
      paramLabel = "IMAGE",
      arity = "1..*",
      description = "Image files: PNG, JPEG, GIF, BMP or PNM.")
  private List<Path> images;

  @Override
  public Integer call() throws IOException {
    String network = trainedOptions.network();
    TrainedNetwork trained =
        TrainedNetwork.of(
            trainedOptions.weights(spec.commandLine()),
            (input, classes) -> NetworkArgument.named(network, input, classes),
            classNames());
    Predictor predictor = new Predictor(trained, options.kernels().kernels());
    List<Pixels> samples = decode(predictor.channels());
    var out = spec.commandLine().getOut();
    for (int i = 0; i < samples.size(); i++) {
      out.println(
          Printable.line(images.get(i) + "  " + text(predictor.best(samples.get(i), BEST))));
    }
    out.flush();
    return ExitStatus.DONE.code();
  }

  private static String text(List<ClassProbability> best) {
    return best.stream()
        .map(it -> String.format(Locale.ROOT, "%s %.1f %%", it.name(), 100 * it.probability()))
        .collect(Collectors.joining(", "));
  }

  private List<String> classNames() throws IOException {
    if (classesFile == null) {
      return List.of();
    }
    requireFile(classesFile);
    byte[] text = Files.readAllBytes(classesFile);
    return ClassNames.parse(TextLines.decode(text, classesFile.toString())).names();
  }

  /**
   * Decodes all images before the first is classified, and names all that cannot be decoded in one
   * message.
   */
  private List<Pixels> decode(int channels) throws IOException {
    ImageDecoder decoder = new ImageDecoder(DecodeOptions.DEFAULT.on(background.colour()));
    List<Pixels> samples = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path image : images) {
      try {
        samples.add(decode(decoder, image, channels));
      } catch (UserError | DataException e) {
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new UserError(String.join("; ", problems));
    }
    return samples;
  }

  private static Pixels decode(ImageDecoder decoder, Path image, int channels) throws IOException {
    if (Files.isDirectory(image)) {
      throw new UserError(image + " is a folder, not an image file");
    }
    requireFile(image);
    byte[] file = Files.readAllBytes(image);
    ImageHeader header = decoder.open(file, file.length, image.toString());
    Pixels pixels = new Pixels();
    decoder.decode(channels, Region.whole(header.height(), header.width()), pixels);
    return pixels;
  }

  private static void requireFile(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new UserError("there is no file " + file + " that can be read");
    }
  }
}
