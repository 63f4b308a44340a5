/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.config.BackboneConfig;

class BackboneCatalogueTest {

  /** The small four are trained otherwise than the base-sized five. */
  @Test
  void theNineOfThePaperAreThere() throws IOException {
    BackboneCatalogue nine = BackboneCatalogue.read(SharedFiles.project("config/backbones"));
    assertThat(nine.configs().values())
        .extracting(BackboneConfig::label)
        .containsExactlyInAnyOrder(
            "Ettin-17M",
            "Ettin-32M",
            "MiniLM-L12",
            "Ettin-68M",
            "BERT-Base",
            "ELECTRA",
            "RoBERTa",
            "Ettin-150M",
            "DeBERTav3");
    assertThat(nine.configs().values())
        .filteredOn(each -> each.training().batch() == 64)
        .allSatisfy(each -> assertThat(each.training().learningRate()).isEqualTo(7e-6))
        .extracting(BackboneConfig::label)
        .containsExactlyInAnyOrder("Ettin-17M", "Ettin-32M", "MiniLM-L12", "Ettin-68M");
    assertThat(nine.name("FacebookAI/roberta-base")).isEqualTo("roberta-base");
    assertThat(nine.config("roberta-base").family()).isEqualTo("roberta");
    assertThatThrownBy(() -> nine.name("bert-large"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("[bert-large] is no backbone", "bert-base, deberta-v3-base");
  }

  @Test
  void filesElsewhereAreRefused(@TempDir Path folder) throws IOException {
    String good = Files.readString(SharedFiles.project("config/backbones/bert-base.yaml"));
    Path file = folder.resolve("bad.yaml");
    Files.writeString(file, good.replace("vocab.txt", "../vocab.txt"));
    assertThatThrownBy(() -> BackboneCatalogue.read(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("bad.yaml", "[tokenizer] has [../vocab.txt]");
    Files.writeString(file, good.replace("[model.safetensors,", "[model.safetensors.index.json,"));
    assertThatThrownBy(() -> BackboneCatalogue.read(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("bad.yaml", "[weights] has [model.safetensors.index.json]");
    Files.writeString(file, good.replace("hub_id: bert", "hub_id: ../bert"));
    assertThatThrownBy(() -> BackboneCatalogue.read(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("bad.yaml", "[hub_id] is [../bert", "owner/name");
  }
}
