import { subProgress, throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'
import { mixDown, type Resample, type SampleSource } from '../../../shared/conversion/sound.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import { createClipExaminer, type ClipFacts } from '../../../shared/screening/clip-facts.ts'
import type { PolyphonyReport } from '../../../shared/screening/polyphony.ts'
import type { VoiceMixture } from '../../../shared/screening/voice-print.ts'
import { summarizePitch, type PitchSummary } from './pitch-summary.ts'
import { scanSound, type SoundScan } from './sound-scan.ts'
import { countVoices } from './voice-count.ts'

/** Everything that is measured of one clip. What needs a sound that can be heard is null where there is none. */
export interface ClipExamination {
  readonly durationSec: number
  readonly scan: SoundScan
  readonly pitch: PitchSummary | null
  readonly voices: PolyphonyReport | null
  readonly facts: ClipFacts | null
}

export interface ExaminationTools {
  readonly resample: Resample
  readonly kernels: Kernels
  readonly mixture: VoiceMixture | null
}

const BLOCK_SEC = 4

/** Hears a clip three times, block by block: its samples, its pitch, and everything else. Ten minutes take 30 MB. */
export function examineClip(source: SampleSource, tools: ExaminationTools, progress: Progress): ClipExamination {
  const durationSec = source.durationSamples / source.rateHz
  const scan = scanSound(source, subProgress(progress, 0, 0.1))
  const isHeard = scan.firstBadSample === null && scan.peak > 0
  if (!isHeard) return { durationSec, scan, pitch: null, voices: null, facts: null }
  const pitch = summarizePitch(source, tools.resample, subProgress(progress, 0.1, 0.7), tools.kernels)
  const voices = countVoices(source, subProgress(progress, 0.7, 0.8))
  const facts = gatherFacts(source, tools.mixture, subProgress(progress, 0.8, 1))
  return { durationSec, scan, pitch, voices, facts }
}

export function gatherFacts(source: SampleSource, mixture: VoiceMixture | null, progress: Progress): ClipFacts {
  const { rateHz, durationSamples } = source
  const examiner = createClipExaminer(rateHz, durationSamples / rateHz, mixture)
  const blockSamples = Math.round(BLOCK_SEC * rateHz)
  for (let start = 0; start < durationSamples; start += blockSamples) {
    throwIfCancelled(progress)
    progress.report(start / durationSamples, 'listening for noise and rooms')
    examiner.push(mixDown(source.read(start, Math.min(blockSamples, durationSamples - start))))
  }
  return examiner.finish()
}
