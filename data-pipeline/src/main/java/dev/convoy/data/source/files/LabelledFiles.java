package dev.convoy.data.source.files;

import dev.convoy.data.Account;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Split;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.Source;
import dev.convoy.data.source.SourceOptions;
import dev.convoy.data.source.Stored;
import dev.convoy.data.text.ClassLabels;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/**
 * A source whose parts are files of many images, and whose labels are numbers of a list of classes.
 *
 * @param files those of each split
 * @param labels the list of classes
 * @param why labels may count from 1, as in "as its list of classes is numbered"
 * @param format lists the images of a file
 */
public record LabelledFiles(SplitFiles files, ClassLabels labels, String why, FileFormat format)
    implements Source {

  /** How the images of one file are found. */
  @FunctionalInterface
  public interface FileFormat {
    /** Lists the images of a file of the folder; what is left out of it is counted. */
    void list(DataFolder folder, Path file, Consumer<Entry> found, Account leftOut)
        throws IOException;
  }

  @Override
  public List<String> classNames() {
    return labels.names();
  }

  @Override
  public Stored stored() {
    return Stored.FILES;
  }

  @Override
  public List<String> notices() {
    return SourceOptions.firstLabelNotices(files.notices(), labels.first(), why);
  }

  @Override
  public List<String> parts(Split split, Account leftOut) throws IOException {
    return files.of(split, leftOut);
  }

  @Override
  public void list(String part, Consumer<Entry> found, Account leftOut) throws IOException {
    format.list(files.folder(), new Path(part), found, leftOut);
  }
}
