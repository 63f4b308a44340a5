/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.input.InvalidInputException;

class MeasureNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nDCG",
        "nDCG@10",
        "AP",
        "AP@100",
        "RR",
        "RR@10",
        "RR(rel=2)@10",
        "P@5",
        "P(rel=3)@5",
        "R@100",
        "Success@1",
        "Rprec",
        "Rprec(rel=2)",
        "Bpref",
        "Bpref(rel=2)",
        "AP(rel=2)"
      })
  void aNameFindsTheMeasureOfThatName(String name) {
    assertThat(Measure.parse(name).name()).isEqualTo(name);
  }

  @Test
  void theUsualGradeIsLeftOutOfTheName() {
    assertThat(Measure.parse("AP(rel=1)")).isEqualTo(Measure.parse("AP"));
  }

  @Test
  void aListKeepsItsOrder() {
    assertThat(Measure.parseList("R@100, nDCG@10"))
        .extracting(Measure::name)
        .containsExactly("R@100", "nDCG@10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ndcg@10",
        "MAP",
        "nDCG@0",
        "nDCG@-1",
        "nDCG@",
        "P@5.0",
        "AP(rel=0)",
        "AP(rel=-1)",
        "AP(rel=)",
        "AP@10(rel=2)",
        "RR(min=2)",
        "P@99999999999",
        "nDCG @10"
      })
  void unknownNamesListTheValidOnes(String name) {
    assertThatThrownBy(() -> Measure.parse(name))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "measure ["
                + name
                + "] is not known; use one of nDCG, nDCG@k, AP, AP@k, RR, RR@k, P@k, R@k,"
                + " Success@k, Rprec, Bpref; all but nDCG take the lowest relevant grade, as in"
                + " RR(rel=2)@10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "P            | measure [P] needs a cut-off, for example [P@10]",
        "R(rel=2)     | measure [R(rel=2)] needs a cut-off, for example [R(rel=2)@10]",
        "Success      | measure [Success] needs a cut-off, for example [Success@10]",
        "Rprec@5      | measure [Rprec@5] has no cut-off; write [Rprec]",
        "Bpref(rel=2)@5 | measure [Bpref(rel=2)@5] has no cut-off; write [Bpref(rel=2)]",
        "nDCG(rel=2)  | measure [nDCG(rel=2)] cannot have (rel=2): nDCG uses every grade",
        "AP,P@5,AP    | measure [AP] is named twice; drop one"
      })
  void refusesWithTheRemedy(String names, String message) {
    assertThatThrownBy(() -> Measure.parseList(names))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }
}
