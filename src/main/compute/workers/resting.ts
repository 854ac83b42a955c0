/** A training whose phase begins so rests on purpose: that is no standstill. */
export const RESTING = 'resting'
