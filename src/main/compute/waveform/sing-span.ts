import { createRandom } from '../../../shared/base/random.ts'
import { subProgress, type Progress } from '../../../shared/base/progress.ts'
import type { Scratch } from '../../../shared/base/scratch.ts'
import { muLawSample } from '../../../shared/dsp/mu-law.ts'
import {
  decoderReach,
  WAVENET_RATE_HZ,
  type WavenetBlocks,
} from '../../../shared/networks/wavenet-autoencoder/config.ts'
import { lagsOf } from '../../../shared/networks/wavenet-autoencoder/pitch-lags.ts'
import { stretchTracks, withNotes } from '../../../shared/networks/wavenet-autoencoder/pitch-track.ts'
import { cutAtQuietPlaces, cutOptionsFor, type CutPart } from '../../../shared/sampling/cut.ts'
import { joinParts, type SungPart } from '../../../shared/sampling/join.ts'
import { segmentOffsets, type SamplingSong } from '../../../shared/sampling/song.ts'
import { pitchHopOf } from '../../../shared/training/wavenet-autoencoder/clip.ts'
import type { Sampler } from '../sampling/sampler.ts'
import type { LatentReader } from './encode-latents.ts'
import type { NetworkSound } from './network-sound.ts'

/** What is sung anew. */
export interface SpanToSing {
  readonly sound: NetworkSound
  /** One number for every `pitchHop` samples, as the networks hear pitch. */
  readonly pitch: Float32Array | null
  readonly seed: number
  readonly temperature: number
}

/** Who sings: the sizes, and the row that the decoder is told, which is empty for one that sings for nobody else. */
export interface Singing {
  readonly config: WavenetBlocks
  readonly row: Float32Array
}

/** What is sung at once, cut where it is quiet: so many frames each, some of them for the decoder to find in. */
export function partsToSing({ energies }: Pick<NetworkSound, 'energies'>, config: WavenetBlocks): readonly CutPart[] {
  const options = cutOptionsFor(energies.length, WAVENET_RATE_HZ / config.hop)
  return cutAtQuietPlaces(energies, options, Math.ceil(decoderReach(config) / config.hop))
}

/** Enough for the lock-step of two threads, and little enough to lie in memory: a minute and a half at most. */
export const PARTS_AT_ONCE = 16
/** Of a round's time, until it is sung. */
const ENCODED = 0.25

/**
 * Sings a whole span, a round of parts after the other, into a scratch of as many samples as the sound has levels: what
 * is heard follows from the sound, the singer and the seed alone. Throws `CancelledError`.
 */
export async function singSpan(
  { sound, pitch, seed, temperature }: SpanToSing,
  { config, row }: Singing,
  tools: { readonly reader: LatentReader; readonly sampler: Sampler },
  sung: Scratch,
  progress: Progress,
): Promise<void> {
  const { hop } = config
  const frameCount = sound.energies.length
  const parts = partsToSing(sound, config)
  const random = createRandom(seed)
  let before: SungPart | null = null
  for (let first = 0; first < parts.length; first += PARTS_AT_ONCE) {
    const round = parts.slice(first, first + PARTS_AT_ONCE)
    const [fromFrame, toFrame] = [round[0].leadFrame, round[round.length - 1].tailFrame]
    const own = subProgress(progress, round[0].fromFrame / frameCount, round[round.length - 1].toFrame / frameCount)
    const latents = await tools.reader.read(sound.levels, { fromFrame, toFrame }, subProgress(own, 0, ENCODED))
    const track = pitch && trackOver(pitch, fromFrame, toFrame, hop)
    const song: SamplingSong = {
      hop,
      held: withNotes(latents, track, config.latent, config.notes),
      pitch: track && stretchTracks(track, 1, (toFrame - fromFrame) * hop),
      lags: track && lagsOf(track, 1, (toFrame - fromFrame) * hop),
      fixed: row,
      fixedWidth: row.length,
      segments: round.map(({ leadFrame, tailFrame }) => {
        return { fromFrame: leadFrame - fromFrame, toFrame: tailFrame - fromFrame, fixedRow: 0 }
      }),
      seed: random.integer(2 ** 32),
      temperature,
    }
    const singing = subProgress(own, ENCODED, 1)
    const levels = await tools.sampler.sing(song, singing)
    const heard = asParts(round, levels, segmentOffsets(song))
    sung.write(round[0].fromFrame * hop, joinedAfter(before, heard, hop))
    before = heard[heard.length - 1]
  }
}

/** The pitch of a span: its ends meet the span's, as in training. */
function trackOver(pitch: Float32Array, fromFrame: number, toFrame: number, hop: number): Float32Array {
  const perFrame = hop / pitchHopOf({ hop })
  return pitch.subarray(fromFrame * perFrame, toFrame * perFrame)
}

const asParts = (round: readonly CutPart[], levels: Uint8Array, offsets: readonly number[]): SungPart[] =>
  round.map((part, index) => ({
    ...part,
    samples: Float32Array.from(levels.subarray(offsets[index], offsets[index + 1]), muLawSample),
  }))

/** The parts of a round, its first blended with the last of the round before. */
function joinedAfter(before: SungPart | null, round: readonly SungPart[], hop: number): Float32Array {
  if (before === null) return joinParts(round, hop)
  return joinParts([before, ...round], hop).subarray((before.toFrame - before.fromFrame) * hop)
}
