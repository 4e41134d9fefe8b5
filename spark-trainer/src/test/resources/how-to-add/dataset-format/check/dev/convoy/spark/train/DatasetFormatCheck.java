package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.IdxFiles;
import dev.convoy.data.csv.CsvFiles;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFormatCheck {
  @Test
  void aConfigurationNamesItAndARunOpensIt(@TempDir Path folder) throws Exception {
    String idx = IdxFiles.folder(folder.resolve("idx"), 12, 5).toString();
    String csv = CsvFiles.of(idx, folder.resolve("csv"));
    RunPlan plan =
        Trial.plan(
            "data.format=csv", "data.train=\"" + csv + "\"", "data.validation=${data.train}");
    try (var validation = RunData.openValidation(plan.config().data(), new Configuration())) {
      assertEquals(5, validation.size());
    }
  }
}
