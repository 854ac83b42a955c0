/** Numbers that several stages of WORLD share; those of one stage live beside it. All from the reference (README). */
export const defaultFramePeriodSec = 0.005
export const defaultF0FloorHz = 71
export const defaultF0CeilHz = 800
/** Pitch that unvoiced frames are analyzed and synthesized with. */
export const unvoicedF0Hz = 500
/** Keeps divisions and logarithms finite. */
export const safeguard = 1e-12
/** Added before rounding a frame's position to a sample, so that an exact half always goes the same way. */
export const roundingBias = 0.001
/** Aperiodicity is coded in bands of this width, up to the last center. */
export const aperiodicityBandHz = 3000
export const aperiodicityLastHz = 15000
/** Share of low-band energy above which a frame counts as voiced: the reference's, and one for clean singing. */
export const parityVoicingThreshold = 0.85
export const singingVoicingThreshold = 0.25

/** Half away from zero, as C's `round`. */
export const roundHalfAway = (value: number): number => (value >= 0 ? Math.floor(value + 0.5) : Math.ceil(value - 0.5))
