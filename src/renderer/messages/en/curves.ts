export const curves = {
  spoken: { intensity: 'intensity', transposition: 'transposition', formant: 'formant' },

  // CurveHeader
  blendOf: (singer: string) => `Blend of ${singer}`,
  pointsTool: 'Points: click to add, drag to move',
  lineTool: 'Line: drag, or click both ends',
  freeHand: 'Free hand',
  nameOnTrack: (name: string, track: string) => `${name} on ${track}`,
  ofPoint: (name: string) => `${name} of the point`,
  howDrawn: (name: string) => `How ${name} is drawn`,

  // CurvePointing
  lineBegins: 'The line begins here. Click where it ends.',
  addPoint: 'Add a point',
  deletePoint: 'Delete the point',
  clear: (what: string) => `Clear ${what}`,

  // CurvePoints
  throughout: (value: string) => `${value} throughout, no points`,
  curveOf: (parameter: string, region: string) =>
    `${parameter} of ${region}. Arrows move a point, Page Up and Page Down go to another, Enter adds one, Delete removes it.`,
  point: (value: string, at: string, number: number, count: number) => `${value} at ${at}, point ${number} of ${count}`,

  // curve-keys
  deletePointOf: (region: string) => `Delete a point of ${region}`,

  // curve-menu
  copyCurveOf: (region: string) => `Copy the curve of ${region}`,
  copySelectOne: 'Copy the curve: select one region',
  pasteInto: (what: string) => `Paste into ${what}`,

  // draw-curve
  labels: {
    intensity: 'Intensity',
    'blend-1': 'Blend',
    'blend-2': 'Blend 2',
    transposition: 'Transposition',
    formant: 'Formant',
  },
  percent: (value: number) => `${value} percent`,
  semitones: (value: string) => `${value} ${value === '1' ? 'semitone' : 'semitones'}`,
  minusSemitones: (value: string) => `minus ${value} ${value === '1' ? 'semitone' : 'semitones'}`,
}
