package dev.convoy.data.source;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/**
 * A way in which people keep datasets; {@link dev.convoy.data.prepare.SourceFormats} lists them
 * all.
 */
public interface SourceFormat {
  /** Returns the name by which the command line asks for it. */
  String name();

  /** Returns what the input is to be: one sentence for {@code --help}. */
  String expects();

  /**
   * Looks at the input, without reading images; cheap, since every executor does it.
   *
   * @param uri of the input, on any Hadoop file system
   * @throws dev.convoy.data.DataException if it is not what this format expects
   */
  Source open(Configuration hadoop, String uri) throws IOException;

  /**
   * Looks at an input that does not tell everything. Formats whose inputs do refuse what is said.
   *
   * @throws dev.convoy.data.DataException also if an option has no meaning for this format
   */
  default Source open(Configuration hadoop, String uri, SourceOptions options) throws IOException {
    options.refuseAll(name());
    return open(hadoop, uri);
  }
}
