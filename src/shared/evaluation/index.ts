export { breathDifferenceDb, breathDistanceDb } from './breath-figures.ts'
export { trainContentJudge, type ContentJudge } from './content.ts'
export { soundStatistics, voiceStatistics } from './cepstra-of-sound.ts'
export {
  personalStandard,
  trainEmotionJudge,
  type EmotionExample,
  type EmotionJudge,
  type Standardize,
} from './emotion-judge.ts'
export { BANDS, envelopeClip, meanShape, type EnvelopeClip } from './envelope-clip.ts'
export {
  JUDGE_RATE_HZ,
  trainEnvelopeJudges,
  trainJudges,
  type EnvelopeJudges,
  type JudgedClip,
  type Judges,
} from './judges.ts'
export { trainLinearDiscriminant, type LinearDiscriminant } from './linear-discriminant.ts'
export { EMOTION_JUDGE_RATE_HZ, expressiveStatistics } from './expressive-statistics.ts'
export { comparePitch, median, type PitchFigures } from '../conversion/pitch-figures.ts'
export { compareReadings, nearness, varianceRatio, type Nearness, type ReadingLikeness } from './reading-figures.ts'
export { easeOf, measureNote, type SungNote } from './range-figures.ts'
export { raspDistanceDb, roughness, roughnessRatio } from './roughness.ts'
export { clickRatio, clippedSampleCount, loudnessErrorDb } from './sound-figures.ts'
export { distanceToPersonDb, distanceToSourceDb, timbreOf } from './timbre-figures.ts'
export { compareCopy, type HeardSound, type VocoderFigures } from './vocoder-figures.ts'
