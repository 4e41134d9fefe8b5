package dev.convoy.data.source.tfrecord;

import dev.convoy.data.Account;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Split;
import dev.convoy.data.source.Source;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.SourceOptions;
import dev.convoy.data.source.files.LabelledFiles;
import dev.convoy.data.source.files.SplitFiles;
import dev.convoy.data.text.ClassLabels;
import dev.convoy.data.text.ClassList;
import dev.convoy.data.text.ClassNames;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * TFRecords of images, as the scripts of TensorFlow's models make them of ImageNet, TensorFlow
 * Datasets of everything, and Spark of tables.
 *
 * <p>From which number labels count is told by the records themselves where they name the class
 * beside its number: every such pair has to agree with the list of classes.
 */
public final class TfRecordFormat implements SourceFormat {
  private static final String LABELS = "labels.txt";

  /** What tools leave beside records. */
  private static final Set<String> OTHER_ENDINGS =
      Set.of(
          "txt", "json", "pbtxt", "csv", "tsv", "idx", "index", "md", "html", "yaml", "yml", "py",
          "crc", "md5", "sha256", "tar", "zip", "jpg", "jpeg", "png");

  @Override
  public String name() {
    return "tfrecord";
  }

  @Override
  public String expects() {
    return "train-00000-of-01024 and so on, validation-00000-of-00128 and so on (or folders of"
        + " those names), and labels.txt, a class a line in the order of the labels";
  }

  @Override
  public Source open(Configuration hadoop, String uri) throws IOException {
    return open(hadoop, uri, SourceOptions.DEFAULT);
  }

  @Override
  public Source open(Configuration hadoop, String uri, SourceOptions options) throws IOException {
    DataFolder folder = DataFolder.existing(hadoop, uri);
    String list = ClassList.require(folder, LABELS, expects());
    ClassNames classes = ClassNames.parse(folder.text(list));
    SplitFiles files = new SplitFiles(folder, "train-00000-of-00100", TfRecordFormat::isRecords);
    for (String part : files.of(Split.TRAIN, new Account())) {
      try (TfRecords records = TfRecords.open(folder, new Path(part))) {
        if (records.next()) {
          ExampleKeys keys = ExampleKeys.of(records.features(), options);
          int first = options.firstLabelOr(classes.first());
          if (options.firstLabel() == SourceOptions.AUTO && classes.first() == SourceOptions.AUTO) {
            first = FirstLabel.of(records, keys, new ClassLabels(classes.names(), list, 0));
          }
          return source(files, new ClassLabels(classes.names(), list, first), keys);
        }
      }
    }
    return source(files, new ClassLabels(classes.names(), list, 0), null);
  }

  private static boolean isRecords(String name) {
    return !OTHER_ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static Source source(SplitFiles files, ClassLabels labels, ExampleKeys keys) {
    return new LabelledFiles(
        files,
        labels,
        "as its list of classes or its records say",
        (folder, file, found, leftOut) -> {
          try (TfRecords records = TfRecords.open(folder, file)) {
            boolean empty = true;
            for (int number = 0; records.next(); number++) {
              String fallback = file.getName() + " " + number;
              found.accept(new LabelledExample(records, keys).entry(labels, fallback));
              empty = false;
            }
            if (empty) {
              leftOut.count("empty", file.getName());
            }
          }
        });
  }
}
