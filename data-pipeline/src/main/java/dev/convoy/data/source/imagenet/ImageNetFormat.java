package dev.convoy.data.source.imagenet;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Split;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.Source;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.Stored;
import dev.convoy.data.source.files.Endings;
import dev.convoy.data.source.files.ImageNames;
import dev.convoy.data.source.files.TarIndex;
import dev.convoy.data.source.folder.AnnotatedImages;
import dev.convoy.data.source.folder.FlatValidation;
import dev.convoy.data.source.folder.FolderFormat;
import dev.convoy.data.source.folder.FolderLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * ILSVRC 2012 as it comes, or as people unpack it:
 *
 * <pre>
 *   ILSVRC2012_img_train.tar          a tar of 1000 tars, n01440764.tar and so on, of 1.28 million JPEGs
 *   ILSVRC2012_img_val.tar            50,000 JPEGs, whose classes
 *   ILSVRC2012_devkit_t12.tar.gz      tells (or the folder that it unpacks to)
 * </pre>
 *
 * <p>or {@code train/n01440764/*.JPEG} and {@code val/n01440764/*.JPEG} or {@code val/*.JPEG} with
 * the development kit, or Kaggle's archive unpacked, which has the same in {@code
 * ILSVRC/Data/CLS-LOC}, and the classes in {@code LOC_val_solution.csv}. All tars are uncompressed,
 * so an image in a tar in a tar is a range of bytes of the outer one.
 */
public final class ImageNetFormat implements SourceFormat {
  private static final String TRAIN = "ILSVRC2012_img_train.tar";
  private static final String VALIDATION = "ILSVRC2012_img_val.tar";

  /** Classes and their names, where there is no development kit. */
  private static final List<String> SYNSETS =
      List.of("LOC_synset_mapping.txt", "synset_words.txt", "synsets.txt");

  private static final Pattern INNER_TAR = Pattern.compile("(?:.*/)?(n\\d{8})\\.tar");

  /** Where Kaggle's archive has the images. */
  private static final String KAGGLE = "ILSVRC/Data/CLS-LOC";

  @Override
  public String name() {
    return "imagenet";
  }

  @Override
  public String expects() {
    return TRAIN
        + ", "
        + VALIDATION
        + " and "
        + DevKit.ARCHIVE
        + ", or train/n01440764/*.JPEG and val/n01440764/*.JPEG, or Kaggle's archive, unpacked";
  }

  @Override
  public Source open(Configuration hadoop, String uri) throws IOException {
    DataFolder folder = DataFolder.existing(hadoop, uri);
    boolean train = folder.has(TRAIN);
    boolean validation = folder.has(VALIDATION);
    if (!train && !validation) {
      return unpacked(folder);
    }
    Optional<DevKit> kit = DevKit.in(folder);
    if (validation && kit.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s needs %s beside it, which tells the classes of its images",
              folder.resolve(VALIDATION),
              DevKit.ARCHIVE));
    }
    Synsets synsets = kit.map(DevKit::synsets).orElse(null);
    for (String name : SYNSETS) {
      if (synsets == null && folder.has(name)) {
        synsets = Synsets.parse(folder.text(name));
      }
    }
    if (synsets == null) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has neither %s nor one of %s, so its classes are unknown",
              folder,
              DevKit.ARCHIVE,
              String.join(", ", SYNSETS)));
    }
    return new Archives(folder, train, validation, synsets, kit.map(DevKit::truth).orElse(null));
  }

  private Source unpacked(DataFolder folder) throws IOException {
    DataFolder images = folder.folder(KAGGLE).orElse(folder);
    FolderLayout layout = FolderLayout.of(images, expects());
    Source classes = FolderFormat.open(images, layout);
    DataFolder validation = layout.flatValidation();
    if (validation == null) {
      return classes;
    }
    Optional<DevKit> kit = DevKit.in(folder);
    if (kit.isPresent()) {
      return new FlatValidation(classes, validation, kit.get().truth());
    }
    Optional<Source> annotated = AnnotatedImages.in(validation, classes);
    if (annotated.isPresent()) {
      return annotated.get();
    }
    if (!folder.has(ValidationTruth.SOLUTION)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has no folders of classes, and %s has neither %s nor %s, which tell the classes"
                  + " of its images",
              validation,
              folder,
              DevKit.ARCHIVE,
              ValidationTruth.SOLUTION));
    }
    ValidationTruth truth = ValidationTruth.parse(folder.text(ValidationTruth.SOLUTION));
    return new FlatValidation(classes, validation, truth);
  }

  /** Parts are the tars in the training tar, by offset and class, and the whole validation tar. */
  private record Archives(
      DataFolder folder, boolean train, boolean validation, Synsets synsets, ValidationTruth truth)
      implements Source {
    @Override
    public List<String> classNames() {
      return synsets.names();
    }

    @Override
    public Stored stored() {
      return Stored.FILES;
    }

    @Override
    public List<String> parts(Split split, Account leftOut) throws IOException {
      if (split == Split.VALIDATION) {
        return validation ? List.of(VALIDATION) : List.of();
      }
      List<String> parts = new ArrayList<>();
      if (train) {
        Path path = folder.resolve(TRAIN);
        for (TarIndex.Member tar : TarIndex.of(folder, path, leftOut)) {
          int label = label(tar.name());
          parts.add(label + " " + tar.offset() + " " + (tar.offset() + tar.requireSize(path)));
        }
        if (parts.isEmpty()) {
          throw new DataException("the archive " + path + " has no tars of classes");
        }
      }
      return parts;
    }

    private int label(String name) {
      Matcher matcher = INNER_TAR.matcher(name);
      int label = matcher.matches() ? synsets.label(matcher.group(1)) : -1;
      if (label < 0) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s has the member %s, which is no tar of one of the %d known classes",
                folder.resolve(TRAIN),
                name,
                synsets.wnids().size()));
      }
      return label;
    }

    @Override
    public void list(String part, Consumer<Entry> found, Account leftOut) throws IOException {
      if (part.equals(VALIDATION)) {
        listValidation(found, leftOut);
        return;
      }
      String[] fields = part.split(" ", -1);
      int label = Integer.parseInt(fields[0]);
      Path path = folder.resolve(TRAIN);
      long begin = Long.parseLong(fields[1]);
      long end = Long.parseLong(fields[2]);
      for (TarIndex.Member image : TarIndex.of(folder, path, begin, end, leftOut)) {
        if (ImageNames.isImage(image.name())) {
          found.accept(image.entry(path.toString(), label));
        } else {
          leftOut.count(Endings.reason(image.name()), image.name());
        }
      }
    }

    private void listValidation(Consumer<Entry> found, Account leftOut) throws IOException {
      Path path = folder.resolve(VALIDATION);
      int images = 0;
      for (TarIndex.Member image : TarIndex.of(folder, path, leftOut)) {
        String wnid = truth.classOf(image.name(), path);
        int label = synsets.label(wnid);
        if (label < 0) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "%s in %s is of the class %s, which is none of the %d known ones",
                  image.name(),
                  path,
                  wnid,
                  synsets.wnids().size()));
        }
        images++;
        found.accept(image.entry(path.toString(), label));
      }
      truth.requireAll(images, path);
    }
  }
}
