/**
 * How much of the spectral change is applied. A performance keeps the factor itself: .85 keeps the singer and gains
 * words, .5 is half a stranger, .3 hardly changes. The control's travel is bent so that its middle is .6.
 */
const MIDDLE_STRENGTH = 0.6
const EXPONENT = Math.log(MIDDLE_STRENGTH) / Math.log(0.5)

/** Control position 0…1 to the factor 0…1. */
export const controlToStrength = (position: number): number => position ** EXPONENT
/** The inverse of `controlToStrength`. */
export const strengthToControl = (strength: number): number => strength ** (1 / EXPONENT)
