package dev.convoy.data.prepare;

import dev.convoy.data.DataException;
import dev.convoy.data.OnCorrupt;
import dev.convoy.data.decode.DecodeOptions;
import dev.convoy.data.source.SourceOptions;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a user asks of a preparation.
 *
 * @param format name of a {@link dev.convoy.data.source.SourceFormat}
 * @param input its URI
 * @param output URI of the folder of shards
 * @param shards how many for each split; {@link #AUTO} for shards of about {@link #SHARD_BYTES}
 * @param shortSide images whose shorter side is longer are scaled to it, in pixels; 0 keeps all
 * @param quality of JPEG, 1 to 100, for images that are scaled; others that change become PNG
 * @param validationShare the share of the training images that are for validation, if the source
 *     has no such split; 0 for none
 * @param onCorrupt what to do with images that cannot be decoded
 * @param decode what is decoded at all
 * @param reading how the input is to be understood
 */
public record PrepareOptions(
    String format,
    String input,
    String output,
    int shards,
    int shortSide,
    int quality,
    double validationShare,
    OnCorrupt onCorrupt,
    DecodeOptions decode,
    SourceOptions reading) {
  /** In place of a number of shards. */
  public static final int AUTO = 0;

  /** A shard's size where the number of shards is {@link #AUTO}: a block of HDFS. */
  public static final long SHARD_BYTES = 128L << 20;

  /** Checks the ranges. */
  public PrepareOptions {
    if (quality < 1 || quality > 100) {
      throw new DataException("the JPEG quality is " + quality + ", allowed is 1 to 100");
    }
    if (!(validationShare >= 0 && validationShare < 1)) {
      throw new DataException(
          "the validation share is " + validationShare + ", allowed is 0 <= share < 1");
    }
    if (shards < 0 || shortSide < 0) {
      throw new DataException("the number of shards and the short side cannot be negative");
    }
  }

  /** Returns the same options with other names of the same places. */
  public PrepareOptions at(String itsInput, String itsOutput) {
    return new PrepareOptions(
        format,
        itsInput,
        itsOutput,
        shards,
        shortSide,
        quality,
        validationShare,
        onCorrupt,
        decode,
        reading);
  }

  /**
   * Returns what the shards depend on, for people and to tell whether an interrupted preparation
   * can be continued. How corrupt images are treated is not part of it: finished shards had none,
   * or left them out.
   */
  Map<String, String> identity() {
    Map<String, String> identity = new TreeMap<>();
    identity.put("format", format);
    identity.put("shards", shards == AUTO ? "auto" : Integer.toString(shards));
    identity.put("short-side", shortSide == 0 ? "as it is" : Integer.toString(shortSide));
    identity.put("quality", Integer.toString(quality));
    identity.put("validation-share", Double.toString(validationShare));
    identity.put("truncated", decode.truncated().name().toLowerCase(Locale.ROOT));
    identity.put("background", decode.background().toString());
    identity.put("max-pixels", Long.toString(decode.maxPixels()));
    if (reading.imageKey() != null) {
      identity.put("image-key", reading.imageKey());
    }
    if (reading.labelKey() != null) {
      identity.put("label-key", reading.labelKey());
    }
    if (reading.firstLabel() != SourceOptions.AUTO) {
      identity.put("first-label", Integer.toString(reading.firstLabel()));
    }
    return identity;
  }
}
