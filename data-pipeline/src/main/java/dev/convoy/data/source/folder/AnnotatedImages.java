package dev.convoy.data.source.folder;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.source.Source;
import dev.convoy.data.text.TextLines;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Validation images as in Tiny ImageNet: {@code val/images/val_0.JPEG} and so on, and {@code
 * val/val_annotations.txt} with a line for each, divided by tabs: its name, its class, and four
 * numbers that count for nothing here.
 *
 * @param classes by the names of the files
 * @param where the text, for messages
 */
public record AnnotatedImages(Map<String, String> classes, String where) implements Truth {
  private static final String ANNOTATIONS = "val_annotations.txt";
  private static final String IMAGES = "images";

  /**
   * Looks for them in the folder of a split.
   *
   * @param train the training images, which name the classes
   * @return nothing if there are no annotations
   */
  public static Optional<Source> in(DataFolder validation, Source train) throws IOException {
    if (!validation.has(ANNOTATIONS)) {
      return Optional.empty();
    }
    AnnotatedImages truth = parse(validation.text(ANNOTATIONS));
    DataFolder images = validation.folder(IMAGES).orElse(validation);
    return Optional.of(new FlatValidation(train, images, truth));
  }

  static AnnotatedImages parse(TextLines text) {
    Map<String, String> classes = new HashMap<>();
    for (TextLines.Line line : text.lines()) {
      String[] fields = line.text().split("\t", -1);
      if (fields.length < 2 || fields[0].isBlank() || fields[1].isBlank()) {
        throw text.refuse(line, "is not the name of an image, a tab and its class");
      }
      if (classes.put(fields[0].strip(), fields[1].strip()) != null) {
        throw text.refuse(line, "tells of an image that an earlier line has told of");
      }
    }
    return new AnnotatedImages(Map.copyOf(classes), text.where());
  }

  @Override
  public String classOf(String name, Object holder) {
    String its = classes.get(name);
    if (its == null) {
      throw new DataException(
          holder + " has " + name + ", but " + where + " does not tell its class");
    }
    return its;
  }

  @Override
  public int images() {
    return classes.size();
  }
}
