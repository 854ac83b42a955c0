import { FailureError, failure } from '../../../shared/base/errors.ts'
import type { Resample } from '../../../shared/conversion/sound.ts'
import { compareCopy, type VocoderFigures } from '../../../shared/evaluation/index.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import { SOURCE_FILTER_RATE_HZ } from '../../../shared/networks/source-filter/config.ts'
import type { VocoderKind } from '../../../shared/networks/vocoder-kinds.ts'
import { analyzeSpectra, atUsualLevel, codeSpectra } from '../../../shared/vocoder/features.ts'
import { readSound } from '../read-sound.ts'
import type { Speaker } from '../speakers.ts'
import type { CopyRenderer } from './renderers.ts'

/** What a renderer came to: means over the recordings. */
export interface VocoderRow {
  readonly renderer: string
  readonly meaning: string
  /** Of a trained vocoder, which has bars to reach: its kind. */
  readonly trained: VocoderKind | null
  readonly figures: VocoderFigures
  /** Seconds of processor time for a second of sound. */
  readonly realTimeFactor: number
}

export interface VocoderReport {
  readonly people: readonly string[]
  readonly recordingCount: number
  readonly recordedSec: number
  readonly rows: readonly VocoderRow[]
}

export interface VocoderMeasurement {
  readonly speakers: readonly Speaker[]
  /** Of each person, evenly spread over what there is. */
  readonly recordingsEach: number
  /** From the beginning of each. */
  readonly secondsEach: number
  readonly renderers: readonly CopyRenderer[]
}

export interface VocoderTools {
  readonly resample: Resample
  readonly kernels: Kernels
  readonly tell: (line: string) => void
}

const LEAST_SEC = 0.5
/** What stands before the voice of many recordings. */
const SKIPPED_SILENCE = 0.02

/** Has every renderer copy recordings from their own features, and compares. Throws FailureError where none can be heard. */
export async function measureVocoders(
  { speakers, recordingsEach, secondsEach, renderers }: VocoderMeasurement,
  { resample, kernels, tell }: VocoderTools,
): Promise<VocoderReport> {
  const found = renderers.map(() => ({ figures: [] as VocoderFigures[], cpuSec: 0 }))
  const people = new Set<string>()
  let recordedSec = 0
  for (const { name, files } of speakers)
    for (const { path } of evenly(files, recordingsEach)) {
      const samples = await readVoice(path, secondsEach, resample)
      if (samples === null) continue
      tell(`${name}: ${path}`)
      people.add(name)
      recordedSec += samples.length / SOURCE_FILTER_RATE_HZ
      const spectra = analyzeSpectra(samples, kernels)
      const voice = { samples, spectra, features: codeSpectra(spectra) }
      renderers.forEach((renderer, index) => {
        const before = process.cpuUsage()
        const copy = Float64Array.from(renderer.render(voice))
        const { user, system } = process.cpuUsage(before)
        found[index].cpuSec += (user + system) / 1e6
        found[index].figures.push(compareCopy(voice, { samples: copy, spectra: analyzeSpectra(copy, kernels) }))
      })
    }
  if (recordedSec === 0) {
    const message = 'None of the recordings holds half a second of sound at 16 kHz or more.'
    throw new FailureError(failure('clips-too-few', message, 'Name folders with longer recordings.'))
  }
  return {
    people: [...people],
    recordingCount: found[0].figures.length,
    recordedSec,
    rows: renderers.map(({ name, meaning, trained }, index) => ({
      renderer: name,
      meaning,
      trained,
      figures: meanOf(found[index].figures),
      realTimeFactor: found[index].cpuSec / recordedSec,
    })),
  }
}

const evenly = <Item>(items: readonly Item[], count: number): readonly Item[] =>
  items.length <= count
    ? items
    : Array.from({ length: count }, (_, index) => items[Math.floor(((index + 0.5) * items.length) / count)])

/** At 16 kHz and one peak, from where something is heard; null of what is silent, too short or of too low a rate. */
async function readVoice(path: string, seconds: number, resample: Resample): Promise<Float64Array | null> {
  const { samples, rateHz } = await readSound(path)
  if (rateHz < SOURCE_FILTER_RATE_HZ) return null
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  const first = Math.max(
    samples.findIndex((sample) => Math.abs(sample) > SKIPPED_SILENCE * peak),
    0,
  )
  const cut = samples.slice(first, first + Math.round(seconds * rateHz))
  if (peak === 0 || cut.length < LEAST_SEC * rateHz) return null
  const mono = rateHz === SOURCE_FILTER_RATE_HZ ? cut : resample(cut, rateHz, SOURCE_FILTER_RATE_HZ)
  return atUsualLevel(mono)?.x ?? null
}

function meanOf(all: readonly VocoderFigures[]): VocoderFigures {
  const mean = (of: (figures: VocoderFigures) => number) =>
    all.reduce((sum, figures) => sum + of(figures), 0) / all.length
  return {
    sc: mean(({ sc }) => sc),
    lm: mean(({ lm }) => lm),
    mel: mean(({ mel }) => mel),
    f0Cents: mean(({ f0Cents }) => f0Cents),
    f0Gross: mean(({ f0Gross }) => f0Gross),
    voicing: mean(({ voicing }) => voicing),
    hnr: mean(({ hnr }) => hnr),
    bap: mean(({ bap }) => bap),
    lsd: mean(({ lsd }) => lsd),
    texture: mean(({ texture }) => texture),
  }
}
