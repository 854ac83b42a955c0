/** Smooths a control track in place without delay: one pole forward, the same backward. `tauSteps` is its time constant. */
export function smoothTrack(track: Float64Array, tauSteps: number): void {
  const keep = Math.exp(-1 / tauSteps)
  let value = track[0]
  for (let step = 0; step < track.length; step++) track[step] = value = track[step] + keep * (value - track[step])
  value = track[track.length - 1]
  for (let step = track.length - 1; step >= 0; step--) track[step] = value = track[step] + keep * (value - track[step])
}
