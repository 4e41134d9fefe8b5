package dev.convoy.data.source.imagenet;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.GzipContent;
import dev.convoy.data.text.TextLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/**
 * The development kit of ILSVRC 2012, packed as it comes or unpacked: {@code data/meta.mat} tells
 * the classes, and {@code data/ILSVRC2012_validation_ground_truth.txt} those of the validation
 * images.
 */
final class DevKit {
  static final String ARCHIVE = "ILSVRC2012_devkit_t12.tar.gz";
  private static final String FOLDER = "ILSVRC2012_devkit_t12";
  private static final String META = "meta.mat";
  private static final String TRUTH = "ILSVRC2012_validation_ground_truth.txt";

  /** Higher numbers are groups of classes. */
  private static final int CLASSES = 1000;

  private final Synsets synsets;
  private final ValidationTruth truth;

  private DevKit(Synsets synsets, ValidationTruth truth) {
    this.synsets = synsets;
    this.truth = truth;
  }

  /** Looks for it in a folder. */
  static Optional<DevKit> in(DataFolder folder) throws IOException {
    Optional<DataFolder> unpacked = folder.folder(FOLDER + "/data");
    if (unpacked.isPresent()) {
      try (InputStream meta = unpacked.get().open(META)) {
        String where = unpacked.get().toString();
        return Optional.of(of(meta.readAllBytes(), unpacked.get().text(TRUTH), where));
      }
    }
    return folder.has(ARCHIVE) ? Optional.of(unpack(folder)) : Optional.empty();
  }

  private static DevKit unpack(DataFolder folder) throws IOException {
    String where = folder.resolve(ARCHIVE).toString();
    byte[] meta = null;
    byte[] truth = null;
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(GzipContent.of(folder.open(ARCHIVE)))) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        if (e.getName().endsWith("/data/" + META)) {
          meta = tar.readAllBytes();
        } else if (e.getName().endsWith("/data/" + TRUTH)) {
          truth = tar.readAllBytes();
        }
      }
    } catch (IOException e) {
      throw new DataException(where + " is no tar.gz, or truncated: " + e.getMessage(), e);
    }
    if (meta == null || truth == null) {
      throw new DataException(
          where + " is no tar.gz of the kit: it lacks data/" + (meta == null ? META : TRUTH));
    }
    return of(meta, TextLines.decode(truth, TRUTH + " of " + where), where);
  }

  private static DevKit of(byte[] meta, TextLines truth, String where) {
    Map<Integer, String> wnidOfId = new HashMap<>();
    Map<String, String> words = new HashMap<>();
    try {
      Struct all =
          Mat5.newReader(Sources.wrapInputStream(new ByteArrayInputStream(meta)))
              .readMat()
              .getStruct("synsets");
      for (int i = 0; i < all.getNumElements(); i++) {
        int id = all.getMatrix("ILSVRC2012_ID", i).getInt(0);
        if (id <= CLASSES) {
          String wnid = all.getChar("WNID", i).getString();
          wnidOfId.put(id, wnid);
          words.put(wnid, all.getChar("words", i).getString());
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new DataException(
          META + " of " + where + " does not hold ILSVRC's synsets: " + e.getMessage(), e);
    }
    Synsets synsets = Synsets.of(words);
    List<String> wnids = new ArrayList<>();
    for (TextLines.Line line : truth.lines()) {
      String wnid =
          line.text().matches("[0-9]{1,4}") ? wnidOfId.get(Integer.valueOf(line.text())) : null;
      if (wnid == null) {
        throw truth.refuse(line, "is not the number of a class");
      }
      wnids.add(wnid);
    }
    return new DevKit(synsets, new ValidationTruth(wnids, "the development kit"));
  }

  /** Returns the classes. */
  Synsets synsets() {
    return synsets;
  }

  /** Returns the classes of the validation images. */
  ValidationTruth truth() {
    return truth;
  }
}
