package dev.convoy.data.prepare;

import dev.convoy.data.DataException;
import dev.convoy.data.decode.UnusableImage;
import dev.convoy.data.shard.SkippedImage;
import dev.convoy.data.source.Entry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sentence about images that cannot be used: all at once, by the kinds of their faults. */
final class UnusableImages {
  /** How many are named; a person mends the first ones and then sees the pattern. */
  private static final int NAMES = 20;

  private static final String WAY_OUT = "; --on-corrupt skip leaves ";

  private UnusableImages() {}

  /** Keeps what the refusal of an entry says. */
  static SkippedImage of(Entry entry, DataException refusal) {
    String sentence = refusal.getMessage();
    return refusal instanceof UnusableImage image
        ? new SkippedImage(entry.name(), entry.file(), image.kind(), image.detail(), sentence)
        : new SkippedImage(entry.name(), entry.file(), "unusable image", sentence, sentence);
  }

  /**
   * Returns one sentence that names them.
   *
   * @param images at least one
   * @param all how many images were looked at
   */
  static DataException refuse(List<SkippedImage> images, int all) {
    SkippedImage first = images.get(0);
    if (images.size() == 1) {
      return new DataException(
          String.format(
              Locale.ROOT, "%s (of %s)%sit out", first.sentence(), first.file(), WAY_OUT));
    }
    Map<String, List<SkippedImage>> kinds =
        images.stream()
            .collect(Collectors.groupingBy(SkippedImage::kind, TreeMap::new, Collectors.toList()));
    // Names an image of each kind; further names go to the kinds in their order.
    int left = NAMES;
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, List<SkippedImage>> kind : kinds.entrySet()) {
      List<SkippedImage> its = kind.getValue();
      int named = Math.max(1, Math.min(left, its.size()));
      left -= named;
      text.append(text.isEmpty() ? "" : ", ")
          .append(
              String.format(
                  Locale.ROOT,
                  "%,d %s (%s%s: %s)",
                  its.size(),
                  kind.getKey(),
                  its.stream()
                      .limit(named)
                      .map(SkippedImage::name)
                      .collect(Collectors.joining(", ")),
                  its.size() > named ? ", …" : "",
                  its.get(0).detail()));
    }
    return new DataException(
        String.format(
            Locale.ROOT,
            "%,d of %,d images cannot be used: %s%sthem out",
            images.size(),
            all,
            text,
            WAY_OUT));
  }
}
