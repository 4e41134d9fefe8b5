package dev.convoy.data.source.webdataset;

import dev.convoy.data.Account;
import dev.convoy.data.DataFolder;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.Source;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.SourceOptions;
import dev.convoy.data.source.files.Endings;
import dev.convoy.data.source.files.LabelledFiles;
import dev.convoy.data.source.files.SplitFiles;
import dev.convoy.data.source.files.TarIndex;
import dev.convoy.data.text.ClassLabels;
import dev.convoy.data.text.ClassList;
import dev.convoy.data.text.ClassNames;
import dev.convoy.data.text.TextLines;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * WebDataset's tars: members that share a name up to the first dot of its last part are a sample,
 * an image and a {@code .cls} with its class (or a {@code .json} that tells it), in whatever order
 * they lie in the tar.
 */
public final class WebDatasetFormat implements SourceFormat {
  private static final String CLASSES = "classes.txt";

  /** Compressed ones too, which are refused with what to do. */
  private static final Pattern TAR =
      Pattern.compile(".*\\.(?:tar(?:\\.(?:gz|bz2|xz|zst|lz4))?|tgz|tbz2?|txz)");

  @Override
  public String name() {
    return "webdataset";
  }

  @Override
  public String expects() {
    return "train*.tar and val*.tar of KEY.jpg and KEY.cls (or folders train and val of such), and"
        + " classes.txt, a name a line";
  }

  @Override
  public Source open(Configuration hadoop, String uri) throws IOException {
    return open(hadoop, uri, SourceOptions.DEFAULT);
  }

  @Override
  public Source open(Configuration hadoop, String uri, SourceOptions options) throws IOException {
    DataFolder folder = DataFolder.existing(hadoop, uri);
    String list = ClassList.require(folder, CLASSES, expects());
    ClassNames classes = ClassNames.parse(folder.text(list));
    int first = options.firstLabelOr(classes.first());
    ClassLabels labels = new ClassLabels(classes.names(), list, first);
    SplitFiles files =
        new SplitFiles(folder, "train-000000.tar", name -> TAR.matcher(name).matches());
    WebSample.Keys keys = new WebSample.Keys(options.imageKey(), options.labelKey());
    return new LabelledFiles(
        files,
        labels,
        "as its list of classes is numbered",
        (tars, tar, found, leftOut) -> list(tars, tar, labels, keys, found, leftOut));
  }

  private static void list(
      DataFolder folder,
      Path path,
      ClassLabels labels,
      WebSample.Keys keys,
      Consumer<Entry> found,
      Account leftOut)
      throws IOException {
    Map<String, WebSample> samples = new LinkedHashMap<>();
    for (TarIndex.Member member : TarIndex.of(folder, path, leftOut)) {
      String name = member.name();
      int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
      if (dot < 0) {
        leftOut.count(Endings.reason(name), name);
      } else {
        samples
            .computeIfAbsent(
                name.substring(0, dot), key -> new WebSample(key, path.toString(), keys))
            .add(member, name.substring(dot + 1));
      }
    }
    try (FSDataInputStream in = folder.files().open(path)) {
      LabelText classes = new LabelText(labels, keys.jsonKey());
      for (WebSample sample : samples.values()) {
        if (sample.isLabelled(leftOut)) {
          found.accept(sample.entry(label -> text(in, path, label), classes));
        }
      }
    }
  }

  private static TextLines text(FSDataInputStream in, Path path, TarIndex.Member member)
      throws IOException {
    byte[] bytes = new byte[member.requireLength(path)];
    in.readFully(member.offset(), bytes);
    return TextLines.decode(bytes, TextLines.shown(member.name()) + " in " + path);
  }
}
