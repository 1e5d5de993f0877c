// What every figure is, in one line (docs/method.md has the estimators).

export interface Definition {
  key: string;
  name: string;
  unit: string;
  what: string;
}

export const ledgerFigures: Definition[] = [
  { key: "lost", name: "lost", unit: "share of the real", what: "What real items show and the compressor no longer produces, above what fresh real items would seem to lose. Keeps its sign: a little below zero is noise." },
  { key: "kept", name: "kept", unit: "share of the real", what: "1 \u2212 lost." },
  { key: "memorized", name: "memorized", unit: "share of what it produces", what: "What it says more often because its training sample was this one and not another of the same reality; for a codec, what is still its original. What any sample would have taught is not memory." },
  { key: "generalized", name: "generalized", unit: "share of what it produces", what: "The rest: what reality gives and what any other sample of it would have taught as well, whether or not it stands in the training sample; for a codec, plausible but not the original." },
  { key: "hallucinated", name: "hallucinated", unit: "share of what it produces", what: "What reality, as far as it was held out, does not hold. With memorized and generalized it adds up to 1." },
  { key: "atMost", name: "hallucinated, at most", unit: "share of what it produces", what: "An upper limit that needs no assumption on how the compressor weighs what was not seen; exceeded in at most 5\u00a0% of samples." },
  { key: "breakdownRatio", name: "breakdown ratio (B*)", unit: "times", what: "How many times the compressor would have to favour unseen real things over reality's own weights for nothing to be hallucinated." },
  { key: "inTraining", name: "in T", unit: "share of what it produces", what: "What stands in its training sample, whether memorized or not; of fresh real items the share at its floor." },
  { key: "invented", name: "invented", unit: "share of what it produces", what: "Lost, with the sides changed: what it produces and as many real items do not show, above the floor." },
  { key: "entropyBefore", name: "entropy before", unit: "bits", what: "Entropy of the real, corrected for what the sample does not show." },
  { key: "entropyAfter", name: "entropy after", unit: "bits", what: "Entropy of what the compressor produces, corrected alike." },
  { key: "missingMass", name: "missing mass", unit: "share of the real", what: "What of the real a sample of this size does not show at all (Good and Turing)." },
  { key: "once", name: "once in T", unit: "share of T", what: "What stands in one document of T only: Good's estimate of what T leaves unseen." },
  { key: "miscalibration", name: "miscalibration", unit: "share", what: "Total variation between the real and what the compressor produces, over what stands in T or not and what it gives never, once, twice or three times, and so on; 0 where it is calibrated. Its floor is a fresh real sample's." },
  { key: "calibrationBound", name: "calibration bound", unit: "share of what it produces", what: "Once in T less miscalibration: what a model that learned facts which nothing else hints at would have to make up (Kalai and Vempala 2024). What a model generalizes undercuts it." },
];

export const bitsFigures: Definition[] = [
  { key: "rate", name: "rate", unit: "bits a pixel or byte", what: "Coded bytes, written and read back, times 8, over pixels or bytes; for a model the ideal code length of held-out items, \u2212log\u2082 q." },
  { key: "ratePerCharacter", name: "rate a character", unit: "bits a character", what: "The same of text, a Unicode character: several bytes in most scripts." },
  { key: "codeLengthTraining", name: "code length, training", unit: "bits a byte", what: "The model's ideal code length of what it was trained on." },
  { key: "codeLengthHeldOut", name: "code length, held out", unit: "bits a byte", what: "The same of what it has not seen." },
  { key: "fileRate", name: "files, held out", unit: "bits a byte", what: "Bytes of files that the model codes held-out documents into, each by itself and with all that a file has around its text, times 8." },
  { key: "fileIdeal", name: "ideal of these files", unit: "bits a byte", what: "Code length of the same documents, passage by passage, each from its start; a file is read on from one to the next." },
  { key: "generalizationGap", name: "generalization gap", unit: "bits a byte", what: "Held out less training: what it knows of its training sample only." },
  { key: "memorizedBits", name: "bits memorized", unit: "bits", what: "The gap over all of the training sample: what is known of it beyond any text of its source." },
  { key: "entropyOfSamples", name: "entropy of samples", unit: "bits a byte", what: "Mean code length of the model's own samples: the entropy of what it produces." },
  { key: "saving", name: "saved", unit: "share of the files", what: "Of the bytes of the files as they are stored today." },
  { key: "savingLossless", name: "saved, of lossless", unit: "share", what: "Of the bytes of the best lossless code at hand." },
  { key: "ratioToLossless", name: "beside lossless", unit: "ratio", what: "Coded bytes over those of the best lossless code; geometric mean, each document counting alike." },
];

/** Figures of a world, summed over all it can give. */
export const exactFigures: Definition[] = [
  { key: "supportLoss", name: "support loss", unit: "share of the real", what: "What the compressor never produces, however much of it is looked at: lost at any resolution." },
  { key: "divergencePq", name: "divergence from p to q", unit: "bits an item", what: "Kullback and Leibler's: what it costs to code the real with what the compressor takes for real; infinite where it never produces something real." },
  { key: "divergenceQp", name: "divergence from q to p", unit: "bits an item", what: "The same the other way round; infinite where it produces what is not real." },
  { key: "entropyP", name: "entropy of p", unit: "bits an item", what: "Of the world." },
  { key: "entropyQ", name: "entropy of q", unit: "bits an item", what: "Of what the compressor produces." },
];

/** Figures of what is shared verbatim with the training sample. */
export const copyFigures: Definition[] = [
  { key: "copied", name: "copied", unit: "share of its characters", what: "Characters inside verbatim matches with the training sample of 50 characters or more, of documents that have as many; the floor is fresh real text's." },
  { key: "meanMatch", name: "mean match", unit: "bytes", what: "From each byte on, the longest string that the training sample has too; the mean." },
  { key: "longestMatch", name: "longest match", unit: "bytes", what: "The longest of them." },
  { key: "difference", name: "extracted", unit: "share of the passages", what: "Passages that it goes on with exactly for 50 characters when their first 50 are given: of training passages, less of held-out ones." },
];

export const curveFigure: Definition = {
  key: "curve", name: "beyond t times", unit: "share", what: "How much of the real lies beyond t times what the compressor produces, and the other way round; of samples a lower bound that 95\u00a0% of samples keep, of worlds the value. At t = 1 it is the total variation.",
};

export const losslessFigure: Definition = {
  key: "lossless", name: "without loss", unit: "bits a byte", what: "Training text, held-out text by a coder that has just read the training text, and both together, coded without loss by coders found on the machine.",
};

export const storedFigure: Definition = {
  key: "stored", name: "stored", unit: "bytes", what: "What must be kept to produce what it produces: all coded files of a codec, the weights of a model, the items of the look-up table.",
};

/** Words of the table's columns, short. */
export const wordsOf: Record<string, string> = {
  lost: "of the real, no longer produced",
  memorized: "of its output, because of this training sample",
  generalized: "of its output, as any sample would have taught",
  hallucinated: "of its output, not real",
};
