/** Glow (Kingma and Dhariwal 2018): a picture becomes noise through levels of actnorm, mixing and coupling. */
export interface GlowConfig {
  /** At each the picture is halved along both axes; after each but the last half of the channels leave. */
  readonly levels: number
  readonly stepsPerLevel: number
  /** Hidden, of each coupling's network. */
  readonly channels: number
}

export const glowSizes = {
  /** As published for small pictures. */
  paper: { levels: 3, stepsPerLevel: 32, channels: 512 },
  compact: { levels: 3, stepsPerLevel: 8, channels: 64 },
  /** For tests: learns a patch of spectrogram in seconds. */
  tiny: { levels: 2, stepsPerLevel: 2, channels: 8 },
} as const satisfies Readonly<Record<string, GlowConfig>>

/** Channels of each level's steps, of pictures with one channel. */
export const levelWidths = ({ levels }: GlowConfig): readonly number[] =>
  Array.from({ length: levels }, (_, level) => 4 * 2 ** level)
