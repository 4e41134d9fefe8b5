package dev.convoy.data.source.tfrecord;

import dev.convoy.data.DataException;
import dev.convoy.data.text.ClassLabels;
import java.io.IOException;
import java.util.Locale;

/** From which number the labels of records count, told by the records that name their class too. */
final class FirstLabel {
  /** As many records are looked at, if none names a class of the list. */
  private static final int MOST = 1000;

  private FirstLabel() {}

  /**
   * Looks at records from the one that was read last on.
   *
   * @param names of the classes
   * @return 0 or 1
   * @throws DataException if names and numbers do not fit together
   */
  static int of(TfRecords records, ExampleKeys keys, ClassLabels names) throws IOException {
    boolean synsets = false;
    int looked = 0;
    do {
      LabelledExample example = new LabelledExample(records, keys);
      long stored = example.storedLabel();
      int named = example.namedLabel(names);
      if (stored >= 0 && named != ClassLabels.NONE) {
        return difference(example.where(), stored, named, names);
      }
      synsets |= example.hasSynset();
    } while (++looked < MOST && records.next());
    // ImageNet's records count from 1, unless the list begins with a background class, which is 0.
    return synsets && !isBackground(names.names().get(0)) ? 1 : 0;
  }

  private static int difference(String where, long stored, int named, ClassLabels names) {
    long first = stored - named;
    if (first != 0 && first != 1) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has the label %d and is of the class '%s', which is number %d of %s, counted from"
                  + " 0: that is the list of other records",
              where,
              stored,
              names.names().get(named),
              named,
              names.where()));
    }
    return (int) first;
  }

  private static boolean isBackground(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("background") || lower.equals("dummy") || lower.equals("unused");
  }
}
