package dev.convoy.data.source.files;

import dev.convoy.data.decode.Format;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What files are by the endings of their names, in whatever case. */
public final class ImageNames {
  private static final List<String> ENDINGS =
      Arrays.stream(Format.values()).flatMap(format -> format.endings().stream()).toList();

  /** Endings of what lies beside images and is none, or is a second copy of one. */
  private static final Set<String> OTHERS =
      Set.of(
          ".txt",
          ".csv",
          ".tsv",
          ".json",
          ".jsonl",
          ".xml",
          ".yaml",
          ".yml",
          ".toml",
          ".ini",
          ".cfg",
          ".md",
          ".rst",
          ".html",
          ".htm",
          ".pdf",
          ".doc",
          ".docx",
          ".xls",
          ".xlsx",
          ".log",
          ".lst",
          ".py",
          ".ipynb",
          ".sh",
          ".m",
          ".mat",
          ".npy",
          ".npz",
          ".pkl",
          ".pickle",
          ".pt",
          ".pth",
          ".h5",
          ".hdf5",
          ".parquet",
          ".arrow",
          ".tfrecord",
          ".tfrecords",
          ".lmdb",
          ".mdb",
          ".db",
          ".sqlite",
          ".zip",
          ".tar",
          ".gz",
          ".tgz",
          ".bz2",
          ".xz",
          ".zst",
          ".7z",
          ".rar",
          ".mp4",
          ".avi",
          ".mov",
          ".mkv",
          ".wav",
          ".mp3",
          ".md5",
          ".sha1",
          ".sha256",
          ".crc",
          ".torrent",
          ".lnk",
          ".url",
          ".exe",
          ".dll",
          ".jar",
          ".bak",
          ".old",
          ".orig",
          ".tmp",
          ".temp",
          ".part",
          ".partial",
          ".crdownload",
          ".swp",
          ".lock");

  private ImageNames() {}

  /** Returns whether a name has an image's ending. */
  public static boolean isImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(lower::endsWith);
  }

  /**
   * Returns whether a name has the ending of something else, so that nobody needs to look inside.
   */
  public static boolean isOther(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith("~")
        || OTHERS.contains(lower.substring(Math.max(0, lower.lastIndexOf('.'))));
  }
}
