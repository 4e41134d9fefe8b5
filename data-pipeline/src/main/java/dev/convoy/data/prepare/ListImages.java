package dev.convoy.data.prepare;

import dev.convoy.data.Split;
import dev.convoy.data.source.Source;
import dev.convoy.data.store.Stores;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Lists the images of one part of the input, into a file of the staging folder.
 *
 * @param options of the preparation
 * @param split whose images they are
 * @param part number of the part
 * @param spec names the part, as its source does
 */
public record ListImages(PrepareOptions options, Split split, int part, String spec)
    implements PrepareTask<PartCount> {
  @Override
  public PartCount run(Configuration hadoop, Progress progress) throws Exception {
    Staging staging = Staging.of(hadoop, options.output(), true);
    Listing listing = new Listing(staging, split, part);
    if (!listing.exists()) {
      Source source =
          SourceFormats.named(options.format()).open(hadoop, options.input(), options.reading());
      Stores.writing(
          new Path(options.output()),
          () -> {
            if (split == Split.TRAIN) {
              Listing.writeTraining(staging, source, part, spec, options.validationShare());
            } else {
              listing.write(source, spec);
            }
            return null;
          });
    }
    return listing.count();
  }
}
