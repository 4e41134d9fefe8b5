package dev.convoy.data.source.webdataset;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.files.Endings;
import dev.convoy.data.source.files.ImageNames;
import dev.convoy.data.source.files.TarIndex;
import dev.convoy.data.text.TextLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The members of a WebDataset's tar that share a key. */
final class WebSample {
  private static final String JSON = "json";

  /** Endings of labels; the first that is there counts. */
  private static final List<String> LABELS = List.of("cls", "class", "label", JSON);

  private static final long MOST_LABEL_BYTES = 1 << 20;

  private final String key;
  private final String where;
  private final Keys keys;
  private final List<Part> parts = new ArrayList<>();

  /**
   * What a user says of the endings.
   *
   * @param image ending of the images, or null
   * @param label ending of the labels, perhaps with {@code :KEY} of a JSON object, or null
   */
  record Keys(String image, String label) {
    /** Returns the label's ending, or null. */
    String labelEnding() {
      return label == null ? null : lower(label.contains(":") ? label.split(":", 2)[0] : label);
    }

    /** Returns the key in JSON, or null. */
    String jsonKey() {
      return label != null && label.contains(":") ? label.split(":", 2)[1] : null;
    }

    /** Returns the image's ending, or null. */
    String imageEnding() {
      return image == null ? null : lower(image);
    }

    private static String lower(String ending) {
      return (ending.startsWith(".") ? ending.substring(1) : ending).toLowerCase(Locale.ROOT);
    }
  }

  /** A member, and its name from the first dot on. */
  private record Part(TarIndex.Member member, String ending) {}

  /** Reads the text of a label. */
  @FunctionalInterface
  interface Texts {
    TextLines of(TarIndex.Member member) throws IOException;
  }

  WebSample(String key, String where, Keys keys) {
    this.key = key;
    this.where = where;
    this.keys = keys;
  }

  /** Adds a member; its ending counts in any case. */
  void add(TarIndex.Member member, String ending) {
    parts.add(new Part(member, ending.toLowerCase(Locale.ROOT)));
  }

  /**
   * Returns whether it is an image with a label; if it has neither, it is none of the dataset's.
   *
   * @param leftOut counts members that are neither
   * @throws DataException if half of it is missing
   */
  boolean isLabelled(Account leftOut) {
    Part image = image();
    Part label = label();
    boolean lonelyText = image == null && label != null && label.ending().equals(JSON);
    for (Part part : parts) {
      boolean taken = part.equals(image) || part.equals(label);
      if (!taken || lonelyText) {
        leftOut.count(Endings.reason(part.member().name()), part.member().name());
      }
    }
    if (image == null && (label == null || lonelyText)) {
      return false;
    }
    if (label == null) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has no .%s beside it (there is %s); --label-key ENDING names what tells the class",
              named(),
              keys.labelEnding() == null ? LABELS.get(0) : keys.labelEnding(),
              endings()));
    }
    if (image == null) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has no %s beside it (there is %s)",
              named(),
              keys.imageEnding() == null ? "image" : "." + keys.imageEnding(),
              endings()));
    }
    return true;
  }

  /** Returns the image's entry. */
  Entry entry(Texts texts, LabelText classes) throws IOException {
    TarIndex.Member label = label().member();
    if (label.size() > MOST_LABEL_BYTES) {
      throw new DataException(
          TextLines.shown(label.name()) + " in " + where + " is too long to tell a class");
    }
    String name = TextLines.shown(label.name()) + " in " + where;
    return image().member().entry(where, classes.of(texts.of(label), name));
  }

  private Part image() {
    Part image = null;
    for (Part part : parts) {
      boolean wanted =
          keys.imageEnding() == null
              ? ImageNames.isImage("." + part.ending())
              : part.ending().equals(keys.imageEnding());
      if (wanted && image != null) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s has two images, %s and %s; %s",
                named(),
                TextLines.shown(image.member().name()),
                TextLines.shown(part.member().name()),
                image.ending().equals(part.ending())
                    ? "each key may have one"
                    : "--image-key " + image.ending() + " takes the first, and its like"));
      }
      image = wanted ? part : image;
    }
    return image;
  }

  private Part label() {
    List<String> endings = keys.labelEnding() == null ? LABELS : List.of(keys.labelEnding());
    for (String ending : endings) {
      List<Part> found = parts.stream().filter(part -> part.ending().equals(ending)).toList();
      if (found.size() > 1) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s has two labels, %s and %s",
                named(),
                TextLines.shown(found.get(0).member().name()),
                TextLines.shown(found.get(1).member().name())));
      }
      if (!found.isEmpty()) {
        return found.get(0);
      }
    }
    return null;
  }

  private String named() {
    return TextLines.shown(key) + " in " + where;
  }

  private String endings() {
    return parts.stream()
        .map(part -> "." + TextLines.shown(part.ending()))
        .collect(Collectors.joining(", "));
  }
}
