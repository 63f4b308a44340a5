/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stillrank.reranker.input.InvalidInputException;

/** Reads {@code Name(rel=grade)@rank}. */
final class MeasureName {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<family>[A-Za-z]+)(?:\\(rel=(?<rel>[1-9]\\d{0,5})\\))?(?:@(?<rank>[1-9]\\d{0,8}))?");
  private static final String VALID =
      "nDCG, nDCG@k, AP, AP@k, RR, RR@k, P@k, R@k, Success@k, Rprec, Bpref;"
          + " all but nDCG take the lowest relevant grade, as in RR(rel=2)@10";

  private MeasureName() {}

  static List<Measure> parseList(String names) {
    Set<Measure> measures = new LinkedHashSet<>();
    for (String name : names.split(",", -1)) {
      if (!measures.add(parse(name.strip()))) {
        throw new InvalidInputException("measure [" + name.strip() + "] is named twice; drop one");
      }
    }
    return List.copyOf(measures);
  }

  static Measure parse(String name) {
    Matcher form = FORM.matcher(name);
    if (!form.matches()) {
      throw unknown(name);
    }
    String rank = form.group("rank");
    String rel = form.group("rel");
    Cutoff cutoff = rank == null ? new Cutoff.Whole() : new Cutoff.At(Integer.parseInt(rank));
    MinGrade minGrade = new MinGrade(rel == null ? 1 : Integer.parseInt(rel));
    return switch (form.group("family")) {
      case "nDCG" -> {
        if (rel != null) {
          throw new InvalidInputException(
              "measure [" + name + "] cannot have (rel=" + rel + "): nDCG uses every grade");
        }
        yield new NormalizedGain(cutoff);
      }
      case "AP" -> new AveragePrecision(minGrade, cutoff);
      case "RR" -> new ReciprocalRank(minGrade, cutoff);
      case "P" -> new Precision(minGrade, required(cutoff, name));
      case "R" -> new Recall(minGrade, required(cutoff, name));
      case "Success" -> new Success(minGrade, required(cutoff, name));
      case "Rprec" -> wholeRanking(cutoff, name, new RPrecision(minGrade));
      case "Bpref" -> wholeRanking(cutoff, name, new BinaryPreference(minGrade));
      default -> throw unknown(name);
    };
  }

  private static Cutoff.At required(Cutoff cutoff, String name) {
    if (cutoff instanceof Cutoff.At at) {
      return at;
    }
    throw new InvalidInputException(
        "measure [" + name + "] needs a cut-off, for example [" + name + "@10]");
  }

  private static Measure wholeRanking(Cutoff cutoff, String name, Measure measure) {
    if (cutoff instanceof Cutoff.At) {
      throw new InvalidInputException(
          "measure [" + name + "] has no cut-off; write [" + measure.name() + "]");
    }
    return measure;
  }

  private static InvalidInputException unknown(String name) {
    return new InvalidInputException("measure [" + name + "] is not known; use one of " + VALID);
  }
}
