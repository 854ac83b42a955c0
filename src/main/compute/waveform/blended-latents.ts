import { subProgress } from '../../../shared/base/progress.ts'
import type { SampleSource } from '../../../shared/conversion/sound.ts'
import { SILENT_LEVEL } from '../../../shared/dsp/mu-law.ts'
import type { LatentReader } from './encode-latents.ts'

/** Another sound that is mixed in where the encoder's latents lie, not where samples do: an experiment. */
export interface LatentBlend {
  readonly source: SampleSource
  /** 0…1 of it, at the beginning and at the end; a straight line between them. */
  readonly fromShare: number
  readonly toShare: number
}

/** The other sound, as long as the first: cut off, or with silence behind it. */
export function asLongAs(levels: Uint8Array, other: Uint8Array): Uint8Array {
  const fitted = new Uint8Array(levels.length).fill(SILENT_LEVEL)
  fitted.set(other.subarray(0, levels.length))
  return fitted
}

/**
 * Latents on the way from those of the sound that is read to another's, frame by frame as the blend says (Mor et al. 2018
 * go from one segment to the next like this). A share of 0 leaves every bit.
 * @param otherLevels `asLongAs` those that are read
 */
export const blendLatents = (
  reader: LatentReader,
  otherLevels: Uint8Array,
  { fromShare, toShare, hop }: Omit<LatentBlend, 'source'> & { readonly hop: number },
): LatentReader => ({
  async read(levels, span, progress) {
    const own = await reader.read(levels, span, subProgress(progress, 0, 0.5))
    const others = await reader.read(otherLevels, span, subProgress(progress, 0.5, 1))
    const lastFrame = Math.max(levels.length / hop - 1, 1)
    const width = own.length / (span.toFrame - span.fromFrame)
    return own.map((value, at) => {
      const frame = span.fromFrame + Math.floor(at / width)
      const share = fromShare + (toShare - fromShare) * Math.min(frame / lastFrame, 1)
      return share === 0 ? value : (1 - share) * value + share * others[at]
    })
  },
})
