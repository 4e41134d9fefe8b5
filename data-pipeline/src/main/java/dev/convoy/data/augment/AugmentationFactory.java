package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import java.util.List;

/**
 * Makes an augmentation of a line of a configuration: its name, then numbers.
 *
 * @param name the first word of the line
 * @param usage the line's form, with every number's meaning and default
 * @param maker makes it of the numbers
 */
record AugmentationFactory(String name, String usage, Maker maker) {
  /** Makes an augmentation. */
  @FunctionalInterface
  interface Maker {
    Augmentation make(Numbers numbers, Augmentations.Context context);
  }

  /** The numbers of a line, each with a default. */
  static final class Numbers {
    private final List<Double> given;
    private int used;

    Numbers(List<Double> given) {
      this.given = given;
    }

    /** Returns the number at that place, or the default if there is none. */
    double get(int place, double otherwise) {
      used = Math.max(used, place + 1);
      return place < given.size() ? given.get(place) : otherwise;
    }

    /** Returns the whole number at that place, or the default if there is none. */
    int whole(int place, int otherwise) {
      double number = get(place, otherwise);
      if (number != Math.rint(number) || Math.abs(number) > Short.MAX_VALUE) {
        throw new DataException(number + " is not a whole number below " + Short.MAX_VALUE);
      }
      return (int) number;
    }

    private void refuseTheRest() {
      if (given.size() > used) {
        throw new DataException("it has " + given.size() + " numbers, at most " + used);
      }
    }
  }

  /** Returns the augmentation of a line whose first word is the name. */
  Augmentation of(List<Double> given, Augmentations.Context context) {
    Numbers numbers = new Numbers(given);
    Augmentation made = maker.make(numbers, context);
    numbers.refuseTheRest();
    return made;
  }
}
