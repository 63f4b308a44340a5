/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.qrels.QrelsFile;
import org.stillrank.testing.SharedFiles;

/** Every measure of every topic equals trec_eval's, over every run that comes with judgements. */
class TrecEvalAgreementTest {
  private static final List<Measure> MEASURES =
      Measure.parseList(
          "nDCG,nDCG@1,nDCG@5,nDCG@10,nDCG@20,nDCG@100,AP,AP@10,AP@100,RR,RR@10,P@1,P@5,P@20,R@10,"
              + "R@100,R@1000,Success@1,Success@10,Rprec,Bpref,AP(rel=2),AP(rel=2)@100,RR(rel=2),"
              + "RR(rel=2)@10,P(rel=2)@10,R(rel=2)@100,Success(rel=2)@5,Rprec(rel=2),Bpref(rel=2)");

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "scifact/qrels/test.tsv, scifact/reference/bm25-anserini-0.13.3.top100.run.gz",
    "scifact/qrels/test.tsv, scifact/teacher/all-MiniLM-L6-v2.test.top100.run.gz",
    "scifact/qrels/train.tsv, scifact/teacher/all-MiniLM-L6-v2.train.top100.run.gz",
    "beir-qrels/qrels/scifact.test.txt.gz, scifact/reference/bm25-anserini-0.13.3.top100.run.gz",
    "nfcorpus/qrels/test.tsv, nfcorpus/reference/bm25-anserini-0.13.3.top100.run.gz",
    "nfcorpus/qrels/test.tsv, nfcorpus/reference/all-MiniLM-L6-v2.test.top200.run.gz",
    "nfcorpus/qrels/test.tsv, nfcorpus/teacher/bge-small-en-v1.5.test.top100.run.gz",
    "nfcorpus/qrels/dev.tsv, nfcorpus/teacher/bge-small-en-v1.5.dev.top100.run.gz",
    "nfcorpus/qrels/train.tsv, nfcorpus/teacher/bge-small-en-v1.5.train.top100.run.gz",
    "beir-qrels/qrels/nfcorpus.test.txt.gz, nfcorpus/reference/bm25-anserini-0.13.3.top100.run.gz",
    "cranfield/qrels/test.tsv, cranfield/reference/bm25-anserini-0.13.3.top100.run.gz",
    "cisi/qrels/test.tsv, cisi/reference/bm25-anserini-0.13.3.top100.run.gz",
    "cacm/qrels/test.tsv, cacm/reference/bm25-anserini-0.13.3.top100.run.gz",
    "adi/qrels/test.tsv, adi/reference/bm25-anserini-0.13.3.top100.run.gz",
    "checkthat20/qrels/test.tsv, checkthat20/reference/bm25-anserini-0.13.3.top100.run.gz",
    "nq-utd/qrels/test.tsv, nq-utd/reference/bm25-anserini-0.13.3.top100.run.gz",
    "noveleval/qrels/test.tsv, noveleval/reference/bm25-anserini-0.13.3.top100.run.gz",
    "pubmedqa-l/qrels/test.tsv, pubmedqa-l/reference/bm25-anserini-0.13.3.top100.run.gz",
    "robust04/qrels.robust04.txt, robust04/cedr/f1.test.run.gz",
    "robust04/qrels.robust04.txt, robust04/cedr/f2.test.run.gz",
    "robust04/qrels.robust04.txt, robust04/cedr/f3.test.run.gz",
    "robust04/qrels.robust04.txt, robust04/cedr/f4.test.run.gz",
    "robust04/qrels.robust04.txt, robust04/cedr/f5.test.run.gz",
    "robust04/qrels.robust04.txt, robust04/cedr/f1.valid.run.gz",
    "robust04/qrels.robust04.txt, robust04/cedr/f2.valid.run.gz",
    "robust04/qrels.robust04.txt, robust04/cedr/f3.valid.run.gz",
    "robust04/qrels.robust04.txt, robust04/cedr/f4.valid.run.gz",
    "robust04/qrels.robust04.txt, robust04/cedr/f5.valid.run.gz",
    "trec-dl/qrels.dl19-passage.txt, trec-dl/runs/__bm25__msmarco-passage-trec-dl-2019-judged.run.gz",
    "trec-dl/qrels.dl19-passage.txt, trec-dl/runs/__colbert__msmarco-passage-trec-dl-2019-judged.run.gz",
    "trec-dl/qrels.dl20-passage.txt, trec-dl/runs/__colbert__msmarco-passage-trec-dl-2020-judged.run.gz"
  })
  void realRuns(String qrels, String run) throws IOException {
    Qrels judged = QrelsFile.read(SharedFiles.shared("data/" + qrels));

    int compared =
        TrecEval.assertAgrees(
            asTrec(judged), unpacked(SharedFiles.shared("data/" + run)), MEASURES);

    assertThat(compared).isEqualTo(MEASURES.size() * (judged.topics().size() + 1));
  }

  /** Every judgement file at hand, with a run of its own judged documents in a shuffled order. */
  @Test
  void everyJudgementFile() throws IOException {
    Path data = SharedFiles.shared("data");
    List<Path> files;
    try (Stream<Path> all = Files.walk(data)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file ->
                  data.relativize(file)
                      .toString()
                      .matches("(.*/)?(qrels/[^/]+|[^/]*qrels\\.[^/]*)"))
              .filter(file -> file.toString().matches(".*\\.(tsv|txt)(\\.gz)?"))
              .sorted()
              .toList();
    }
    assertThat(files).hasSizeGreaterThan(30);
    for (Path file : files) {
      Qrels judged = QrelsFile.read(file);
      Path run = shuffledRun(judged);
      assertThat(TrecEval.assertAgrees(asTrec(judged), run, MEASURES))
          .as(file.toString())
          .isEqualTo(MEASURES.size() * (judged.topics().size() + 1));
    }
  }

  private Path shuffledRun(Qrels judged) throws IOException {
    StringBuilder lines = new StringBuilder();
    Random random = new Random(7);
    for (String topic : judged.topics()) {
      List<String> documents = new ArrayList<>(new TreeSet<>(judged.grades(topic).keySet()));
      Collections.shuffle(documents, random);
      for (int i = 0; i < documents.size(); i++) {
        lines.append(topic).append(" Q0 ").append(documents.get(i)).append(' ').append(i + 1);
        lines.append(' ').append(documents.size() - i).append(" shuffled\n");
      }
    }
    return Files.writeString(folder.resolve("shuffled.run"), lines);
  }

  /** Ranks from 0 and out of order, tabs, Q0 as 0, codes below 0, documents nobody judged. */
  @Test
  void oddFiles() throws IOException {
    Path qrels =
        Files.writeString(
            folder.resolve("odd.qrels"),
            """
            1 0 d1 1
            1 0 d2 -1
            1 0 d3 2
            1\t0\td4\t0
            1 0 gone 1
            7  0  d1  -2
            7 0 d9 1
            nohits 0 d1 3
            onlybad 0 d1 0
            """);
    Path run =
        Files.writeString(
            folder.resolve("odd.run"),
            """
            1\t0\td4\t3\t1.5\todd
            1\t0\td2\t0\t1.5\todd
            1\t0\td3\t1\t1.5\todd
            1\t0\td1\t2\t-0.25\todd
            1\t0\tunjudged\t9\t1.50000001\todd
            7 Q0 d1 1 1e-3 odd

            7 Q0 d9 2 0.001 odd
            unjudgedtopic Q0 d1 1 3 odd
            onlybad Q0 d1 1 3 odd
            """);

    assertThat(TrecEval.assertAgrees(qrels, run, MEASURES)).isEqualTo(5 * MEASURES.size());
  }

  private Path asTrec(Qrels qrels) throws IOException {
    String lines =
        qrels.topics().stream()
            .flatMap(topic ->
                qrels.grades(topic).entrySet().stream()
                    .map((Map.Entry<String, Integer> e) ->
                        topic + " 0 " + e.getKey() + " " + e.getValue()))
            .collect(Collectors.joining("\n", "", "\n"));
    return Files.writeString(folder.resolve("qrels"), lines, StandardCharsets.UTF_8);
  }

  private Path unpacked(Path gzip) throws IOException {
    Path plain = folder.resolve("run");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(gzip))) {
      Files.copy(in, plain);
    }
    return plain;
  }
}
