import { SPOKEN_BELOW_SUNG_OCTAVES, type VoiceRegister } from './automatic-transposition.ts'
import type { Voice } from './framed-performance.ts'
import type { OverFrames } from './over-frames.ts'
import { singerRegister } from './pitch-plan.ts'

/** What a region of several singers aims at as a whole. */
export interface BlendedTarget {
  readonly register: VoiceRegister
  /** As in `SingerModel`. */
  readonly bandHarmonicsToNoiseDb: Float32Array
}

/** Between the singers, by their mean shares over the voiced frames of the source. A single one comes out as it is. */
export function blendedTarget(voices: readonly Voice[], f0: Float32Array): BlendedTarget {
  const singers = voices.map(({ singer, share }) => ({
    register: singerRegister(singer.model),
    ratiosDb: singer.model.bandHarmonicsToNoiseDb,
    share: meanShare(share, f0),
  }))
  const whole = singers.find(({ share }) => share === 1)
  if (whole) return { register: whole.register, bandHarmonicsToNoiseDb: whole.ratiosDb }
  const ratiosDb = singers[0].ratiosDb.map((_, band) =>
    singers.reduce((sum, singer) => sum + singer.share * singer.ratiosDb[band], 0),
  )
  return { register: blendedRegister(singers), bandHarmonicsToNoiseDb: ratiosDb }
}

/** A singer's share on the whole, over the frames of a source that have a pitch, or over all where none has. */
function meanShare(share: OverFrames, f0: Float32Array): number {
  if (typeof share === 'number') return share
  const isAnyVoiced = f0.some((hz) => hz > 0)
  let sum = 0
  let count = 0
  for (let frame = 0; frame < share.length; frame++) {
    if (isAnyVoiced && !(f0[frame] > 0)) continue
    sum += share[frame]
    count++
  }
  return count === 0 ? 0 : sum / count
}

/** Where a blend lies: between its singers, each taken at the place where it would sing. */
function blendedRegister(
  singers: readonly { readonly register: VoiceRegister; readonly share: number }[],
): VoiceRegister {
  let sum = 0
  let shares = 0
  for (const { register, share } of singers) {
    if (register.medianLog2F0 === null) continue
    sum += share * (register.medianLog2F0 + (register.isSung ? 0 : SPOKEN_BELOW_SUNG_OCTAVES))
    shares += share
  }
  return { medianLog2F0: shares > 0 ? sum / shares : null, isSung: true }
}
