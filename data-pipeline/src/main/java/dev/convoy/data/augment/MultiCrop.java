package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The crops of an image over which a test averages.
 *
 * <ul>
 *   <li>{@code one}: the centre.
 *   <li>{@code ten}: the four corners, the centre, and their mirror images (Krizhevsky et al. 2012,
 *       section 4.1).
 *   <li>{@code grid N}: N x N places at equal distances, and their mirror images; of N = 5 these
 *       are the 50 crops of a scale in Simonyan and Zisserman 2014, section 3.2.
 * </ul>
 */
public final class MultiCrop {
  private static final Pattern GRID = Pattern.compile("grid ([2-9]|[1-9]\\d)");
  private static final double CENTRE = 0.5;

  private MultiCrop() {}

  /**
   * Returns the steps of each crop.
   *
   * @param crops one of the names above
   * @param input shape of the network's input, to which is cut
   * @throws DataException if there is no such name
   */
  public static List<List<Augmentation>> of(String crops, Shape input) {
    if (crops.equals("one")) {
      return List.of(List.of(new CentreCrop(input.height(), input.width())));
    }
    List<Augmentation> places = new ArrayList<>();
    Matcher grid = GRID.matcher(crops);
    if (grid.matches()) {
      int last = Integer.parseInt(grid.group(1)) - 1;
      for (int y = 0; y <= last; y++) {
        for (int x = 0; x <= last; x++) {
          places.add(at(input, (double) y / last, (double) x / last));
        }
      }
    } else if (crops.equals("ten")) {
      places.add(at(input, 0, 0));
      places.add(at(input, 0, 1));
      places.add(at(input, 1, 0));
      places.add(at(input, 1, 1));
      places.add(at(input, CENTRE, CENTRE));
    } else {
      throw new DataException(
          "there are no crops '" + crops + "'; allowed are one, ten and grid N, N from 2 to 99");
    }
    List<List<Augmentation>> views = new ArrayList<>();
    places.forEach(place -> views.add(List.of(place)));
    places.forEach(place -> views.add(List.of(place, new RandomHorizontalFlip(1))));
    return views;
  }

  private static FixedCrop at(Shape input, double vertical, double horizontal) {
    return new FixedCrop(input.height(), input.width(), vertical, horizontal);
  }
}
