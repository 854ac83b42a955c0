import { silentProgress } from '../../../shared/base/progress.ts'
import { scratchInMemory } from '../../../shared/base/scratch.ts'
import { sourceOf } from '../../../shared/conversion/sound.ts'
import { comparePitch, median, soundStatistics, trainLinearDiscriminant } from '../../../shared/evaluation/index.ts'
import { WAVENET_RATE_HZ } from '../../../shared/networks/wavenet-autoencoder/config.ts'
import { asItIs, singRegion, type DrawingTools, type NetworkSinger } from '../../compute/waveform/sing-region.ts'
import { isMelodic, melodyOf } from './melodic.ts'

/**
 * Who draws samples, a domain of music or a waveform singer, and what was recorded of them, 16 kHz: one half teaches the
 * judge, the other is given to all others.
 */
export interface HeardDomain {
  readonly name: string
  readonly singer: NetworkSinger
  readonly taught: readonly Float32Array[]
  readonly translated: readonly Float32Array[]
}

/** What became of one recording. */
export interface TranslatedClip {
  readonly from: string
  readonly to: string
  /** Whether what was heard has a melody: it is voiced in half of the time that it sounds. */
  readonly hasMelody: boolean
  /** Median distance from the melody that was heard, moved as automatic transposition does, cents; null where one of both has none. */
  readonly medianCents: number | null
  /** Share of the frames off by more than 50 cents. */
  readonly strayShare: number
  /** Share of all frames that are voiced in one and unvoiced in the other: a tone that was lost in noise, or died away. */
  readonly voicingDisagreement: number
  /** The domain that the judge hears. */
  readonly heardAs: string
}

export interface TranslationFigures {
  readonly clips: readonly TranslatedClip[]
  /** How many recordings the judge tells rightly: no translation is told better. */
  readonly ceiling: { readonly told: number; readonly of: number }
  /** Melodies that have nothing to do with each other: the median distance of a recording from the next one. */
  readonly floorCents: number | null
}

export interface MeasuringTools extends Omit<DrawingTools, 'onEstimate' | 'openScratch'> {
  /** Under 1 likely levels become likelier. */
  readonly temperature: number
}

/**
 * Translates what is recorded of each domain into every other, and judges it: by its melody, and by a classifier of
 * timbres that learned from other recordings and knows no network.
 */
export async function measureTranslation(
  domains: readonly HeardDomain[],
  tools: MeasuringTools,
  onDone: (done: number, of: number) => void = () => {},
): Promise<TranslationFigures> {
  const told = judgeOf(domains)
  const clips: TranslatedClip[] = []
  const count = domains.reduce((sum, { translated }) => sum + translated.length, 0) * (domains.length - 1)
  for (const from of domains) {
    for (const sound of from.translated) {
      const melody = melodyOf(sound)
      const hasMelody = isMelodic(sound, melody)
      for (const to of domains) {
        if (to === from) continue
        const { played, semitones } = await translated(sound, to.singer, tools)
        const { medianCents, strayShare, voicingDisagreement } = comparePitch(melodyOf(played), melody, semitones)
        clips.push({
          from: from.name,
          to: to.name,
          hasMelody,
          medianCents,
          strayShare,
          voicingDisagreement,
          heardAs: domains[told(played)].name,
        })
        onDone(clips.length, count)
      }
    }
  }
  const own = domains.flatMap(({ translated }, index) => translated.map((sound) => told(sound) === index))
  return { clips, ceiling: { told: own.filter(Boolean).length, of: own.length }, floorCents: floorOf(domains) }
}

async function translated(sound: Float32Array, singer: NetworkSinger, tools: MeasuringTools) {
  const played = new Float32Array(sound.length)
  let at = 0
  const sink = {
    write([channel]: Float32Array[]) {
      played.set(channel, at)
      at += channel.length
    },
  }
  const source = sourceOf([sound], WAVENET_RATE_HZ)
  const performance = { ...asItIs, temperature: tools.temperature }
  const region = { source, startSamples: 0, durationSamples: sound.length, performance }
  const all = { ...tools, openScratch: scratchInMemory }
  const { semitones } = await singRegion(region, singer, sink, all, silentProgress)
  return { played, semitones }
}

/** The index of the domain that is heard. */
function judgeOf(domains: readonly HeardDomain[]): (sound: Float32Array) => number {
  const examples = domains.flatMap(({ taught }, label) =>
    taught.flatMap((sound) => soundStatistics(sound, WAVENET_RATE_HZ).map((values) => ({ values, label }))),
  )
  const judge = trainLinearDiscriminant(examples, domains.length)
  return (sound) => {
    const sums = new Array<number>(domains.length).fill(0)
    for (const values of soundStatistics(sound, WAVENET_RATE_HZ))
      judge.classify(values).forEach((score, index) => (sums[index] += score))
    return sums.indexOf(Math.max(...sums))
  }
}

function floorOf(domains: readonly HeardDomain[]): number | null {
  const tracks = domains.flatMap(({ translated }) => translated.map(melodyOf))
  const distances = tracks.flatMap((track, index) =>
    tracks.length < 2 ? [] : (comparePitch(tracks[(index + 1) % tracks.length], track, 0).medianCents ?? []),
  )
  return median(distances)
}
