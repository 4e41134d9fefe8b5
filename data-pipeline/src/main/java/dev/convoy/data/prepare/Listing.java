package dev.convoy.data.prepare;

import dev.convoy.data.Account;
import dev.convoy.data.Split;
import dev.convoy.data.shard.Manifest;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.Source;
import dev.convoy.random.CounterRandom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The list of a part's images and the account of what it left out, as files: an executor writes it
 * once, and those who write shards read what concerns them, so that nobody holds the list of a
 * million images.
 */
final class Listing {
  private final Staging staging;
  private final Split split;
  private final int part;

  Listing(Staging staging, Split split, int part) {
    this.staging = staging;
    this.split = split;
    this.part = part;
  }

  private String file() {
    return file("tsv");
  }

  private String file(String ending) {
    return Staging.work(
        String.format(Locale.ROOT, "lists/%s-%05d.%s", Manifest.name(split), part, ending));
  }

  /** Writes the account before the list, whose presence says that both are done. */
  private void writeAccount(Account leftOut) throws IOException {
    staging.writeText(file("json"), leftOut.toJson());
  }

  /**
   * Returns what the listing of this part has left out; nothing for images that are held out, which
   * come from parts whose other items the training list counts.
   */
  private Account leftOut() throws IOException {
    String json = staging.readText(file("json"));
    return json == null
        ? new Account()
        : Account.parse(json, staging.folder().resolve(file("json")).toString());
  }

  /**
   * Lists a part of the training images, and those of them that are held out for validation.
   *
   * @param share to be held out: an image's name alone decides, whatever else is in the source
   */
  static void writeTraining(Staging staging, Source source, int part, String spec, double share)
      throws IOException {
    Listing train = new Listing(staging, Split.TRAIN, part);
    Listing heldOut = new Listing(staging, Split.VALIDATION, part);
    StringBuilder trainLines = new StringBuilder();
    StringBuilder heldOutLines = new StringBuilder();
    Account leftOut = new Account();
    source.list(
        spec,
        entry -> {
          long key = CounterRandom.part(entry.name());
          boolean holdsOut = share > 0 && CounterRandom.uniform(key, 0) < share;
          (holdsOut ? heldOutLines : trainLines).append(entry.toLine()).append('\n');
        },
        leftOut);
    train.writeAccount(leftOut);
    if (share > 0) {
      staging.writeText(heldOut.file(), heldOutLines.toString());
    }
    staging.writeText(train.file(), trainLines.toString());
  }

  /** Lists a part as it is. */
  void write(Source source, String spec) throws IOException {
    StringBuilder lines = new StringBuilder();
    Account leftOut = new Account();
    source.list(spec, entry -> lines.append(entry.toLine()).append('\n'), leftOut);
    writeAccount(leftOut);
    staging.writeText(file(), lines.toString());
  }

  /** Returns whether it was written already. */
  boolean exists() throws IOException {
    return staging.folder().has(file("json")) && staging.folder().has(file());
  }

  /** Returns how much it holds. */
  PartCount count() throws IOException {
    PartCount[] count = {new PartCount(0, 0, leftOut())};
    read(entry -> count[0] = count[0].plus(entry));
    return count[0];
  }

  /** Reads it from the first entry to the last. */
  void read(Consumer<Entry> to) throws IOException {
    String where = staging.folder().resolve(file()).toString();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(staging.folder().open(file()), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        to.accept(Entry.parse(line, where));
      }
    }
  }
}
