import { plural } from '../plural.ts'

export const notes = {
  // EditorBar
  notesTool: 'Notes: click to select, drag to move',
  drawTool: 'Draw the pitch by hand',
  lineTool: 'Draw a straight pitch',
  regionEditor: 'Region editor',
  tools: 'Tools',
  spectrumOf: 'Spectrum of',
  source: 'Source',
  converted: 'Converted',
  zoomOut: 'Zoom out of the notes',
  zoomIn: 'Zoom into the notes',
  countEdited: (count: number) => `${count} edited`,
  allNotesAsSung: 'All notes as sung',
  allAsSung: 'All as sung',
  convert: 'Convert',
  closeEditor: 'Close the editor',

  // FactorRow

  // NoteFields
  noneSelected: 'No note selected',
  note: (names: string) => `Note ${names}`,
  countSelected: (count: number) => `${count} notes selected`,
  vibrato: 'Vibrato',
  drift: 'Drift',
  notesAsSung: 'Notes as sung',
  selectedNotes: 'Selected notes',
  shift: 'Shift',
  shiftInCents: 'Shift in cents',
  moveNotes: 'Move notes',
  flattenVibrato: 'Flatten the vibrato',
  flatten: 'Flatten',
  exaggerateVibrato: 'Exaggerate the vibrato',
  exaggerate: 'Exaggerate',
  asSung: 'As sung',
  noteTip: 'Click a note, or reach the notes with Tab; arrows move it.',
  cents: 'cents',

  // RegionEditorPanel
  notesNotFound: (reason: string) => `The notes were not found: ${reason}`,
  findingNotes: 'Finding the notes…',
  reportCard: 'Report card',
  reportNote: 'What is measured when it is converted stands here.',
  selectRegion: 'Select a region to see its notes.',
  cantMove: 'This instrument was not told pitch: its melody can’t be edited.',
  atLeast: (limit: string) => `at least ${limit}`,
  giveSinger: 'Give the region a singer with ⟦G⟧ to edit its melody.',

  // ReportCard
  pitchError: 'Median pitch error',
  voicingDiffers: 'Voicing differs',
  levelChange: 'Level change',
  timingOffset: 'Timing offset',
  clipped: 'Clipped',
  samples: (count: number) => plural(count, 'sample', 'samples'),
  largest: (value: string, place: string) => `largest ${value} at ${place}`,
  limit: (value: string) => `limit ${value}`,
  sameLength: (samples: string) => `${samples} in and out`,
  renderedIn: (seconds: string) => `rendered in ${seconds} s`,

  // ScaleFields
  noScale: 'None',
  everySemitone: 'Every semitone',
  major: 'Major',
  minor: 'Minor',
  scale: 'Scale',
  wholeRegion: 'Whole region',
  scaleSpoken: 'Scale that notes are drawn to',
  tonic: 'Tonic',
  tonicSpoken: 'Tonic of the scale',
  strength: 'Strength',
  strengthSpoken: 'Strength of the correction',

  // roll-gestures
  drawPitch: 'Draw the pitch',

  // RollNotes
  noteAndCents: (note: string, cents: string) => `${note} ${cents} cents`,
  centsHigh: (cents: number) => `${cents} cents high`,
  centsLow: (cents: number) => `${cents} cents low`,
  atSeconds: (seconds: string) => `at ${seconds} seconds`,
  vibratoOf: (cents: number) => `vibrato ${cents} cents`,
  edited: 'edited',
  notesOf: (region: string) =>
    `Notes of ${region}. Arrows up and down move a note, left and right go to another, Delete puts it back.`,
}
