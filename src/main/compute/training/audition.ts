import { existsSync } from 'node:fs'
import { silentProgress } from '../../../shared/base/progress.ts'
import type { TrainRequest } from '../../../shared/contract/compute.ts'
import { ORIGINAL_AUDITION_ID } from '../../../shared/contract/media.ts'
import { convertRegion } from '../../../shared/conversion/convert.ts'
import { limitBank } from '../../../shared/conversion/limit-bank.ts'
import { prepareSinger } from '../../../shared/conversion/prepared-singer.ts'
import type { SingerModel } from '../../../shared/conversion/singer-model.ts'
import type { Resample } from '../../../shared/conversion/sound.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import type { Span } from '../../../shared/training/clip.ts'
import type { Trainer } from '../../../shared/training/trainer.ts'
import { createWavWriter, openWavReader, type WavReader } from '../../files/wav-file.ts'
import { checkpointName } from './checkpoint-shelf.ts'
import type { TrainingFolder } from './training-folder.ts'

export interface AuditionInput {
  readonly request: TrainRequest
  readonly trainer: Trainer
  readonly model: SingerModel
  readonly folder: TrainingFolder
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
export function renderAudition({ request, trainer, model, folder, resample, kernels }: AuditionInput): string {
  const auditionId = checkpointName(trainer.step)
  const phrase = longest(trainer.split.heldOut)
  const source = openWavReader(request.clips[phrase.clipIndex].path)
  const { rateHz, channelCount } = source
  const startSamples = Math.round((phrase.startFrame * rateHz) / FRAMES_PER_SEC)
  const wanted = Math.round(Math.min(phrase.frameCount / FRAMES_PER_SEC, LONGEST_SEC) * rateHz)
  const durationSamples = Math.min(wanted, source.durationSamples - startSamples)
  const originalPath = folder.auditionPath(ORIGINAL_AUDITION_ID)
  if (!existsSync(originalPath)) writePart(originalPath, source, startSamples, durationSamples)
  const writer = createWavWriter(folder.auditionPath(auditionId), { rateHz, channelCount, encoding: 'float32' })
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

const longest = (spans: readonly Span[]): Span =>
  spans.reduce((best, span) => (span.frameCount > best.frameCount ? span : best))
