/** A run of voiced frames, both ends included. */
export interface Section {
  readonly start: number
  readonly end: number
}

/** The outermost frames count as unvoiced. */
export function voicedSections(contour: Float64Array): Section[] {
  const sections: Section[] = []
  let start = -1
  for (let i = 1; i < contour.length; i++) {
    const isVoiced = contour[i] > 0 && i < contour.length - 1
    if (isVoiced && start < 0) start = i
    if (isVoiced || start < 0) continue
    sections.push({ start, end: i - 1 })
    start = -1
  }
  return sections
}
