import { existsSync } from 'node:fs'
import { silentProgress } from '../../../shared/base/progress.ts'
import type { TrainRequest } from '../../../shared/contract/compute.ts'
import { ORIGINAL_AUDITION_ID } from '../../../shared/contract/media.ts'
import { convertRegion } from '../../../shared/conversion/convert.ts'
import type { KnownNumbers } from '../../../shared/conversion/known-analysis.ts'
import { limitBank } from '../../../shared/conversion/limit-bank.ts'
import { prepareSinger } from '../../../shared/conversion/prepared-singer.ts'
import type { SingerModel } from '../../../shared/conversion/singer-model.ts'
import type { Resample } from '../../../shared/conversion/sound.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import type { ClipSlice } from '../../../shared/screening/slices.ts'
import type { Span } from '../../../shared/training/clip.ts'
import { createWavWriter, openWavReader, type WavReader } from '../../files/wav-file.ts'
import { checkpointName } from './checkpoint-shelf.ts'

export interface AuditionInput {
  readonly clips: TrainRequest['clips']
  /** What is sung: a span of one of the clips, as far as it is learned from. */
  readonly phrase: Span
  readonly model: SingerModel
  /** Of the checkpoint. */
  readonly step: number
  pathOf(auditionId: string): string
  /** What auditions of the clips before found out about the phrase. */
  readonly known: KnownNumbers
  readonly resample: Resample
  readonly kernels: Kernels
}

/** Enough to hear how far the singer is, and little enough not to hold the training up. */
const LONGEST_SEC = 4
/** A smaller bank than the singer's own: it is prepared anew for every audition. */
const BANK_FRAMES = 3000
const FRAMES_PER_SEC = 100

/**
 * Renders a phrase that was held out, through the singer as it is now, so that one can hear the learning.
 * @returns the audition's id
 */
export function renderAudition(input: AuditionInput): string {
  const { clips, phrase, model, step, pathOf, known, resample, kernels } = input
  const auditionId = checkpointName(step)
  const { path, slices } = clips[phrase.clipIndex]
  const source = openWavReader(path)
  const { rateHz, channelCount } = source
  const startSamples = Math.round(placeInFile(phrase.startFrame / FRAMES_PER_SEC, slices) * rateHz)
  const wanted = Math.round(Math.min(phrase.frameCount / FRAMES_PER_SEC, LONGEST_SEC) * rateHz)
  const durationSamples = Math.min(wanted, source.durationSamples - startSamples)
  const originalPath = pathOf(ORIGINAL_AUDITION_ID)
  if (!existsSync(originalPath)) writePart(originalPath, source, startSamples, durationSamples)
  const writer = createWavWriter(pathOf(auditionId), { rateHz, channelCount, encoding: 'float32' })
  try {
    convertRegion({
      source,
      startSamples,
      durationSamples,
      singer: prepareSinger({ ...model, bank: limitBank(model.bank, BANK_FRAMES) }, silentProgress, kernels),
      performance: {
        emotion: { emotionId: 'neutral', intensity: 0 },
        transposition: { kind: 'semitones', semitones: 0 },
        strength: 1,
      },
      emotion: null,
      resample,
      kernels,
      progress: silentProgress,
      known: { sourceKey: path, numbers: known },
      sink: writer,
    })
    writer.finish()
    return auditionId
  } catch (cause) {
    writer.abandon()
    throw cause
  } finally {
    source.close()
  }
}

/** Where in its file a second lies of what is learned from: slices follow each other without what is between them. */
export function placeInFile(sec: number, slices: readonly ClipSlice[] | undefined): number {
  let before = 0
  for (const { startSec, endSec } of slices ?? []) {
    if (sec < before + (endSec - startSec)) return startSec + (sec - before)
    before += endSec - startSec
  }
  return slices === undefined ? sec : (slices.at(-1)?.startSec ?? sec)
}

/** The phrase as it was sung, to hear the checkpoints against. */
function writePart(path: string, source: WavReader, startSamples: number, durationSamples: number): void {
  const { rateHz, channelCount } = source
  const writer = createWavWriter(path, { rateHz, channelCount, encoding: 'float32' })
  try {
    writer.write(source.read(startSamples, durationSamples))
    writer.finish()
  } catch (cause) {
    writer.abandon()
    throw cause
  }
}

export const longestPhrase = (spans: readonly Span[]): Span =>
  spans.reduce((best, span) => (span.frameCount > best.frameCount ? span : best))
