package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.registry.Registry;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The augmentations that a configuration can name; a new one is a file of its own and a line here.
 */
public final class Augmentations {
  private static final List<AugmentationFactory> ALL =
      List.of(
          ResizeShortSide.FACTORY,
          CentreCrop.FACTORY,
          RandomCrop.FACTORY,
          RandomResizedCrop.FACTORY,
          RandomHorizontalFlip.FACTORY,
          ColourJitter.FACTORY,
          Lighting.FACTORY,
          RandomErasing.FACTORY);

  private static final Registry<AugmentationFactory> REGISTRY =
      new Registry<>("there is no step '%s'", DataException::new, AugmentationFactory::name, ALL);

  private Augmentations() {}

  /**
   * What steps may need to know of their surroundings.
   *
   * @param input shape of the network's input, to which crops cut
   * @param mean of each channel, pixels between 0 and 1
   */
  public record Context(Shape input, float[] mean) {}

  /** Returns the form of every line, with all numbers and their defaults. */
  public static List<String> usages() {
    return ALL.stream().map(AugmentationFactory::usage).toList();
  }

  /**
   * Returns the steps of a configuration.
   *
   * @param lines each a name and then numbers, such as {@code short-side 256 480}
   * @throws DataException if there is no such step, or its numbers make no sense
   */
  public static List<Augmentation> of(List<String> lines, Context context) {
    List<Augmentation> steps = new ArrayList<>();
    for (String line : lines) {
      steps.add(of(line, context));
    }
    return steps;
  }

  private static Augmentation of(String line, Context context) {
    String[] words = line.strip().split("\\s+");
    AugmentationFactory factory = REGISTRY.named(words[0]);
    try {
      return factory.of(numbers(words), context);
    } catch (DataException e) {
      throw new DataException(
          String.format(
              "'%s' is refused: %s; allowed is %s", line, e.getMessage(), factory.usage()),
          e);
    }
  }

  private static List<Double> numbers(String[] words) {
    List<Double> numbers = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      try {
        numbers.add(Double.valueOf(words[i]));
      } catch (NumberFormatException e) {
        throw new DataException("'" + words[i] + "' is no number", e);
      }
    }
    return numbers;
  }
}
