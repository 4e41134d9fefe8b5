package dev.convoy.fuzz;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.Split;
import dev.convoy.data.source.Source;
import dev.convoy.data.source.SourceFormat;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * A folder to prepare, one file of which is broken.
 *
 * @param name of the target
 * @param format of the folder
 * @param others the files that are whole
 * @param file the name of the broken one
 * @param whole what it is before it is broken
 */
record FolderTarget(
    String name, SourceFormat format, Map<String, byte[]> others, String file, byte[] whole)
    implements FuzzTarget {
  private static final Configuration HADOOP = MemoryFileSystem.configuration();

  @Override
  public List<byte[]> seeds() {
    return List.of(whole);
  }

  @Override
  public void read(byte[] input) throws IOException {
    MemoryFileSystem.clear();
    others.forEach(MemoryFileSystem::put);
    MemoryFileSystem.put(file, input);
    Source source = format.open(HADOOP, MemoryFileSystem.FOLDER);
    for (Split split : Split.values()) {
      for (String part : source.parts(split, new Account())) {
        source.list(part, entry -> {}, new Account());
      }
    }
  }

  @Override
  public List<Class<? extends Exception>> refusals() {
    return List.of(DataException.class);
  }

  @Override
  public String named() {
    return file;
  }
}
