/** RealNVP (Dinh et al. 2017): a picture becomes noise through couplings, each of which leaves half of it as it is. */
export interface RealnvpConfig {
  /** Every level: three couplings that leave every other place, then, at half the size, three that leave half the channels. */
  readonly levels: number
  /** Hidden, of each coupling's network. */
  readonly channels: number
}

export const realnvpSizes = {
  compact: { levels: 2, channels: 64 },
  /** For tests: learns a patch of spectrogram in seconds. */
  tiny: { levels: 2, channels: 8 },
} as const satisfies Readonly<Record<string, RealnvpConfig>>

/** Couplings of each kind at a level. */
export const COUPLINGS = 3
/** Of the last level, which leaves places only. */
export const LAST_COUPLINGS = 4

export interface CouplingShape {
  readonly name: string
  readonly kind: 'places' | 'channels'
  /** Which half is left: where row + column is even, or the first channels; or the other one. */
  readonly leavesFirst: boolean
  /** Of the map that the coupling sees. */
  readonly width: number
  readonly level: number
  /** The map is halved along both axes before it. */
  readonly isHalved: boolean
  /** Half of the channels leave after it. */
  readonly isSplit: boolean
}

/** All couplings in order, of pictures with one channel. */
export function couplingShapes({ levels }: RealnvpConfig): readonly CouplingShape[] {
  const shapes: CouplingShape[] = []
  let width = 1
  for (let level = 0; level < levels; level++) {
    const isLast = level === levels - 1
    for (let index = 0; index < (isLast ? LAST_COUPLINGS : COUPLINGS); index++) {
      const name = `level${level}/places${index}`
      shapes.push({
        name,
        kind: 'places',
        leavesFirst: index % 2 === 0,
        width,
        level,
        isHalved: false,
        isSplit: false,
      })
    }
    if (isLast) return shapes
    width *= 4
    for (let index = 0; index < COUPLINGS; index++) {
      const name = `level${level}/channels${index}`
      const isSplit = index === COUPLINGS - 1
      shapes.push({
        name,
        kind: 'channels',
        leavesFirst: index % 2 === 0,
        width,
        level,
        isHalved: index === 0,
        isSplit,
      })
    }
    width /= 2
  }
  return shapes
}
