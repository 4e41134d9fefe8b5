package dev.convoy.data.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.Dataset;
import dev.convoy.data.DatasetFormats;
import dev.convoy.data.Sample;
import dev.convoy.data.Split;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatToPrepareCheck {
  @Test
  void itIsPreparedAndRead(@TempDir Path folder) throws Exception {
    Path input = Files.createDirectory(folder.resolve("in"));
    for (String name : List.of("a.png", "b.png", "c.png")) {
      BufferedImage image = new BufferedImage(9, 8, BufferedImage.TYPE_3BYTE_BGR);
      ImageIO.write(image, "png", input.resolve(name).toFile());
    }
    Files.writeString(input.resolve("train.csv"), "dog,a.png\ncat,b.png\n");
    Files.writeString(input.resolve("validation.csv"), "dog,c.png\n");
    String output = folder.resolve("out").toString();
    Preparations.run(Preparations.options("list", input.toString(), output, 1));
    DatasetFormats.named("shards").open(new Configuration(), output, Split.TRAIN).close();
    try (Dataset validation =
        DatasetFormats.named("shards").open(new Configuration(), output, Split.VALIDATION)) {
      assertEquals(List.of("cat", "dog"), validation.classNames());
      Sample sample = new Sample();
      validation.read(0, sample);
      assertEquals(1, sample.label());
    }
  }
}
