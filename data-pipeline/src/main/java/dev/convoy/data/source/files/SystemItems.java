package dev.convoy.data.source.files;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Files and folders that operating systems, network drives and tools leave among people's data. In
 * some lie images, thumbnails mostly, that belong to no class.
 */
final class SystemItems {
  private static final Set<String> NAMES =
      Set.of(
          // Windows
          "thumbs.db",
          "ehthumbs.db",
          "ehthumbs_vista.db",
          "desktop.ini",
          "picasa.ini",
          "$recycle.bin",
          "system volume information",
          "found.000",
          // macOS
          "__macosx",
          "icon\r",
          "network trash folder",
          "temporary items",
          // Network drives of Synology, QNAP and NetApp
          "@eadir",
          "@tmp",
          "@recycle",
          "@recently-snapshot",
          "@sharebin",
          "#recycle",
          "#snapshot",
          "~snapshot",
          // Linux, Hadoop and Python
          "lost+found",
          "_success",
          "_temporary",
          "_metadata",
          "__pycache__");

  /** Names that begin with a dot, which are hidden too: these say why. */
  private static final Pattern DOTTED =
      Pattern.compile(
          "\\._.*|\\.(?:ds_store|appledouble|spotlight-v100|trashes|trash.*|fseventsd|documentrevisions"
              + "-v100|temporaryitems|apdisk|localized|volumeicon\\.icns|directory|picasa\\.ini"
              + "|nomedia|thumbnails|thumbs|cache|git|gitignore|gitattributes|gitkeep|svn|hg|dvc"
              + "|dvcignore|idea|vscode|ipynb_checkpoints|pytest_cache|nfs[0-9a-f]+|snapshot"
              + "|@__thumb|syncthing.*|stfolder|dropbox.*)",
          Pattern.DOTALL);

  /** What tars of POSIX unpack to where pax is not understood. */
  private static final Pattern PAX_HEADERS = Pattern.compile("paxheaders?(?:\\.[0-9x]+)?");

  private SystemItems() {}

  /** Returns whether a name is that of such an item, in whatever case. */
  static boolean has(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.contains(lower)
        || DOTTED.matcher(lower).matches()
        || PAX_HEADERS.matcher(lower).matches();
  }
}
