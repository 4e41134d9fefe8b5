package dev.convoy.data.source.list;

import dev.convoy.data.Account;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Split;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.Source;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.Stored;
import dev.convoy.data.text.TextLines;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/** Image files with a list for each split, whose lines are {@code CLASS,FILE}. */
public final class ListFormat implements SourceFormat {
  @Override
  public String name() {
    return "list";
  }

  @Override
  public String expects() {
    return "train.csv and perhaps validation.csv, whose lines are CLASS,FILE";
  }

  @Override
  public Source open(Configuration hadoop, String uri) throws IOException {
    DataFolder folder = DataFolder.existing(hadoop, uri);
    TextLines training = folder.text(list(Split.TRAIN));
    return new Lists(
        folder,
        training.lines().stream()
            .map(line -> fields(training, line)[0])
            .distinct()
            .sorted()
            .toList());
  }

  private static String list(Split split) {
    return split == Split.TRAIN ? "train.csv" : "validation.csv";
  }

  private static String[] fields(TextLines text, TextLines.Line line) {
    String[] fields = line.text().split(",", 2);
    if (fields.length < 2) {
      throw text.refuse(line, "is not CLASS,FILE");
    }
    return fields;
  }

  /** A part is a list. */
  private record Lists(DataFolder folder, List<String> classNames) implements Source {
    @Override
    public Stored stored() {
      return Stored.FILES;
    }

    @Override
    public List<String> parts(Split split, Account leftOut) throws IOException {
      return folder.has(ListFormat.list(split)) ? List.of(ListFormat.list(split)) : List.of();
    }

    @Override
    public void list(String part, Consumer<Entry> found, Account leftOut) throws IOException {
      TextLines text = folder.text(part);
      for (TextLines.Line line : text.lines()) {
        String[] fields = fields(text, line);
        int label = classNames.indexOf(fields[0]);
        if (label < 0) {
          throw text.refuse(line, "has a class without training images");
        }
        var file = folder.files().getFileStatus(folder.resolve(fields[1]));
        found.accept(Entry.ofFile(file, label, fields[1]));
      }
    }
  }
}
