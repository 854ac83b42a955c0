import { Option, type Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { Singer } from '../../shared/contract/library.ts'
import {
  defaultPerformance,
  type EmotionRequest,
  type Performance,
  type Transposition,
} from '../../shared/project/performance.ts'
import { traitsOf, unheardOf } from '../../shared/project/converters.ts'
import { usualRenderer } from '../../shared/project/renderers.ts'
import type { Application } from '../application.ts'
import { findEmotion } from './find-emotion.ts'
import { findRenderer, readRenderer, type AskedRenderer } from './find-renderer.ts'
import { findSinger } from './find-singer.ts'
import {
  readBetween,
  readBlend,
  readEmotion,
  readFraction,
  readSeed,
  readTransposition,
  type NamedPart,
} from './options.ts'
import type { SoundEncoding, SoundForm } from './write-sound.ts'

/** How something is sung, and how it is written down. */
export interface PerformanceOptions {
  readonly singer?: string
  readonly blend: readonly NamedPart[]
  readonly emotion: EmotionRequest
  readonly transpose: Transposition
  readonly formant: number
  readonly strength: number
  readonly likeness: number
  readonly renderer: AskedRenderer
  readonly temperature: number
  readonly highBand?: boolean
  readonly seed: number
  readonly encoding: SoundEncoding
  readonly mark?: boolean
}

export const addPerformanceOptions = (command: Command): Command =>
  command
    .option('--singer <name>', 'who sings; may be left out when the library has one singer')
    .option('--blend <name:weight>', 'mixes another singer in, 0…1; may be repeated', readBlend, [])
    .option('--emotion <name:amount>', 'an emotion and its intensity, 0…1.5', readEmotion, {
      emotionId: 'neutral',
      intensity: 0,
    })
    .option('--transpose <auto|semitones>', 'key shift; auto moves by whole octaves', readTransposition, {
      kind: 'auto' as const,
    })
    .option('--formant <semitones>', 'moves the formants and not the pitch, −6…6', readBetween(-6, 6), 0)
    .option('--strength <amount>', 'how much of the change, 0…1', readFraction, 1)
    .option('--likeness <amount>', '−1 keeps more of what is sung, 1 takes more of the person', readBetween(-1, 1), 0)
    .option(
      '--renderer <name>',
      'filter keeps the recording; world makes the voice anew, vocoder:NAME too, up to 8 kHz, by a trained vocoder',
      readRenderer,
      usualRenderer,
    )
    .option(
      '--temperature <amount>',
      'of waveform singers and trained vocoders: under 1 the likely samples become likelier, 0.1…1.5',
      readBetween(0.1, 1.5),
      1,
    )
    .option('--high-band', 'of waveform singers: above the 8 kHz that they sing, what the recording has there')
    .option('--seed <number>', 'same seed, same samples', readSeed, 1)
    .addOption(soundEncoding())
    .addOption(soundMark())

export const soundEncoding = (): Option =>
  new Option('--encoding <name>', 'samples of the file').choices(['pcm16', 'pcm24', 'float32']).default('pcm24')

export const soundMark = (): Option =>
  new Option(
    '--mark',
    'mark the sound as a converted voice, by 0.6 dB up and down in narrow bands; “understudy detect” hears it',
  )

/** How the file is written. */
export const soundForm = ({ encoding, mark }: PerformanceOptions): SoundForm => ({ encoding, isMarked: mark === true })

/** Who sings, the first one leading, and how. */
export interface AskedSinging {
  readonly singers: readonly Singer[]
  readonly performance: Performance
}

/** Throws FailureError `singer-unknown`, or `request-invalid` where a singer's converter makes nothing of an option. */
export async function readSinging(application: Application, options: PerformanceOptions): Promise<AskedSinging> {
  const singer = await findSinger(application, options.singer)
  const others = await Promise.all(options.blend.map(({ name }) => findSinger(application, name)))
  const performance: Performance = {
    ...defaultPerformance(singer.id),
    blend: others.map(({ id }, index) => ({ singerId: id, weight: options.blend[index].weight, curve: null })),
    emotion: await findEmotion(application, options.emotion),
    transposition: options.transpose,
    formantSemitones: options.formant,
    strength: options.strength,
    likeness: options.likeness,
    renderer: await findRenderer(application, options.renderer),
    ...(options.temperature === 1 ? {} : { temperature: options.temperature }),
    ...(options.highBand === true ? { keepsHighBand: true } : {}),
    seed: options.seed,
  }
  requireHeard(singer, performance)
  return { singers: [singer, ...others], performance }
}

function requireHeard(singer: Singer, performance: Performance): void {
  const traits = traitsOf(singer)
  const unheard = unheardOf(performance, traits)
  if (unheard.length === 0) return
  throw new FailureError(
    failure(
      'request-invalid',
      `${singer.name} sings through a ${traits.label}, which makes nothing of ${unheard.join(', ')}.`,
      'Leave it out, or choose another singer.',
    ),
  )
}
